import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startEmbedded,
} from "../../../../src/platform/database/embedded/index.js";
import { findPostmaster, stopPostmaster } from "../../../../src/platform/database/embedded/postmaster.js";
import { readProcess } from "../../../../src/platform/database/embedded/process-table.js";
import { until } from "../../../../src/platform/database/embedded/until.js";

/** Small and fast; the data may be lost. */
const settings = { fsync: "off", shared_buffers: "16MB", max_connections: "20" };

/** What a process that started an embedded PostgreSQL told us about it. */
export interface Starter {
  child: ChildProcess;
  postgres: Omit<EmbeddedPostgres, "stop">;
}

/**
 * Folders, servers and processes of one spec file. All are gone after each test, except for the files of
 * one data folder: a first start costs ten times a later one.
 */
export function useEmbedded() {
  let lasting: string | null = null;
  const folders: string[] = [];
  const dataDirs = new Set<string>();
  const children: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of children.splice(0)) await kill(child);
    for (const dataDir of dataDirs) {
      const left = findPostmaster(dataDir);
      if (left) await stopPostmaster(left.token);
    }
    dataDirs.clear();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  after(() => {
    if (lasting !== null) rmSync(lasting, { recursive: true, force: true });
  });

  const complete = (options: EmbeddedOptions): EmbeddedOptions => {
    dataDirs.add(options.dataDir);
    return { ...options, settings: { ...settings, ...options.settings } };
  };
  const track = (child: ChildProcess): ChildProcess => {
    children.push(child);
    return child;
  };
  return {
    /** A data folder for tests that do not care whether it is new. */
    get dataDir(): string {
      lasting ??= mkdtempSync(join(tmpdir(), "embedded-spec-"));
      return join(lasting, "pg");
    },
    /** A new folder that only this user may enter. */
    folder(): string {
      const folder = mkdtempSync(join(tmpdir(), "embedded-spec-"));
      folders.push(folder);
      return folder;
    },
    /** Has a folder made by others removed as well. */
    adoptFolder: (folder: string) => void folders.push(folder),
    start: (options: EmbeddedOptions) => startEmbedded(complete(options)),
    /** Starts it in a process of its own, which then stays until it is killed. */
    startElsewhere: (options: EmbeddedOptions) => startElsewhere(complete(options), track),
    /** The pid of a process that ended, but whose parent never asks: as in a container without an init. */
    async zombie(): Promise<number> {
      const careless = track(
        spawn("/bin/sh", ["-c", "sleep 60 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] }),
      );
      const [line] = await once(careless.stdout!, "data");
      const pid = Number(line);
      // a shell asks for its children; once it has become a sleep, nobody does
      const isCareless = () => readProcess(careless.pid!)?.command.startsWith("sleep") === true;
      await until(isCareless, { timeoutMs: 5000, what: "the shell to become careless" });
      process.kill(pid, "SIGKILL");
      const isZombie = () => / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
      await until(isZombie, { timeoutMs: 5000, what: "the zombie" });
      return pid;
    },
    /** The pid of a process that has nothing to do with PostgreSQL, nor with us. */
    stranger: () => track(spawn("/bin/sleep", ["60"], { stdio: "ignore" })).pid!,
  };
}

/** kill -9, and it is gone when this resolves. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Runs one statement. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return rows;
  } finally {
    await client.end();
  }
}

async function startElsewhere(
  options: EmbeddedOptions,
  track: (child: ChildProcess) => ChildProcess,
): Promise<Starter> {
  const script = fileURLToPath(new URL("./starter.js", import.meta.url));
  const child = track(
    spawn(process.execPath, [script, JSON.stringify(options)], { stdio: ["ignore", "pipe", "inherit"] }),
  );
  for await (const line of createInterface({ input: child.stdout! })) return { child, postgres: JSON.parse(line) };
  throw new Error("the starter ended without a word");
}
