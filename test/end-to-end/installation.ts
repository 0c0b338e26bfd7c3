import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startApplication } from "../../src/application.js";
import { type DemoClaims, openDemoIssuer } from "../../src/platform/access/demo-issuer.js";
import { type Clock, systemClock } from "../../src/platform/clock.js";
import { loadConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { type ModuleName, moduleNames } from "../../src/platform/module.js";
import type { TestDatabase } from "../support/database.js";
import { type Program, runProgram } from "../support/program.js";

/** The whole product, as it may be installed. */
export interface Installation {
  /** The gateway's endpoint. */
  readonly url: string;
  /** Of the subgraphs that run apart. */
  readonly subgraphs: ReadonlyMap<ModuleName, string>;
  /** @param clock by which it is signed, for a week */
  token(claims: DemoClaims, clock?: Clock): Promise<string>;
  /** Ends a part that runs apart, at once. */
  kill(part: ModuleName): Promise<void>;
  stop(): Promise<void>;
}

export interface Variant {
  readonly name: string;
  readonly isApart: boolean;
  /** @param environment further settings of every process */
  start(db: TestDatabase, environment?: NodeJS.ProcessEnv): Promise<Installation>;
}

export const variants: readonly Variant[] = [
  { name: "one process", isApart: false, start: (db, more) => inOneProcess(db, { ...more }) },
  {
    name: "one process, fallback planner",
    isApart: false,
    start: (db, more) => inOneProcess(db, { ...more, QUERY_PLANNER: "stitching" }),
  },
  { name: "a process for each part", isApart: true, start: (db, more) => apart(db, {}, more) },
  {
    name: "a process for each part, fallback planner",
    isApart: true,
    start: (db, more) => apart(db, { QUERY_PLANNER: "stitching" }, more),
  },
];

async function inOneProcess(db: TestDatabase, environment: NodeJS.ProcessEnv): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), "installation-"));
  const config = loadConfig({
    DATABASE_URL: db.appUrl,
    DATA_DIR: dataDir,
    PORT: "0",
    DATABASE_CONNECTIONS: "10",
    ...environment,
  });
  const application = await startApplication(config, { log: createLog("silent") });
  return {
    url: application.url!,
    subgraphs: new Map(),
    token: (claims, clock) => signed(dataDir, claims, clock),
    kill: () => Promise.reject(new Error("no part runs apart")),
    async stop() {
      await application.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}

const signed = async (dataDir: string, claims: DemoClaims, clock = systemClock) =>
  (await openDemoIssuer(dataDir, clock)).sign(claims);

/** Subgraphs and worker first: the gateway does not need them to start, but the tests do. */
async function apart(
  db: TestDatabase,
  environment: NodeJS.ProcessEnv,
  more: NodeJS.ProcessEnv = {},
): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), "installation-"));
  const ports = Object.fromEntries(moduleNames.map((name) => [`${name.toUpperCase()}_PORT`, "0"]));
  const shared = {
    DATABASE_URL: db.appUrl,
    DATA_DIR: dataDir,
    PORT: "0",
    DATABASE_CONNECTIONS: "42",
    DATABASE_PROCESSES: "6",
    LOG_LEVEL: "error",
    ...ports,
    ...more,
  };
  const programs = new Map<string, Program>();
  const run = (part: string, more: NodeJS.ProcessEnv = {}) =>
    programs.set(part, runProgram(["--only", part], { ...shared, ...more })).get(part)!;
  const subgraphs = new Map<ModuleName, string>();
  const started = moduleNames.map(async (name) => [name, await run(name).url(name)] as const);
  run("worker");
  for (const [name, url] of await Promise.all(started)) subgraphs.set(name, url);
  const addresses = Object.fromEntries(
    [...subgraphs].map(([name, url]) => [`SUBGRAPH_${name.toUpperCase()}_URL`, url]),
  );
  const url = await run("gateway", { ...addresses, ...environment }).url("gateway");

  const killed = new Set<string>();
  return {
    url,
    subgraphs,
    token: (claims, clock) => signed(dataDir, claims, clock),
    async kill(part) {
      killed.add(part);
      programs.get(part)!.process.kill("SIGKILL");
      await programs.get(part)!.ended();
    },
    async stop() {
      for (const program of programs.values()) program.process.kill("SIGTERM");
      for (const [part, program] of programs) {
        const code = await program.ended();
        if (code !== 0 && !killed.has(part)) throw new Error(`${part} ended with code ${code}: ${program.output()}`);
      }
      await rm(dataDir, { recursive: true });
    },
  };
}
