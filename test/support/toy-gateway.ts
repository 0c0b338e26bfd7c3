import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gatewayHandler } from "../../src/gateway/index.js";
import { type DemoClaims, openDemoIssuer } from "../../src/platform/access/demo-issuer.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { type Config, loadConfig } from "../../src/platform/config.js";
import type { Services } from "../../src/platform/context.js";
import { createPools } from "../../src/platform/database/pools.js";
import { DirectoryFileStore } from "../../src/platform/files/index.js";
import { type HttpServer, listen } from "../../src/platform/http/http-server.js";
import { subgraphHandler } from "../../src/platform/http/subgraph-server.js";
import { createLog } from "../../src/platform/log.js";
import { folderTransport } from "../../src/platform/mail/index.js";
import { type ModuleName, moduleNames } from "../../src/platform/module.js";
import { Telemetry } from "../../src/platform/telemetry.js";
import { unlogged } from "./access-log.js";
import { idleHistory } from "./idle-history.js";
import { testKeys, testLinks } from "./keys.js";
import { toyCaller, toyModules } from "./toy-modules.js";

/** The toy subgraphs as one installation: a gateway and those parts that stand apart, each behind a port. */
export interface ToyInstallation {
  readonly url: string;
  /** Of the subgraphs that run apart. */
  readonly subgraphs: ReadonlyMap<ModuleName, HttpServer>;
  readonly log: readonly string[];
  readonly telemetry: Telemetry;
  token(claims?: Partial<DemoClaims>): Promise<string>;
  stop(): Promise<void>;
}

export interface ToyOptions {
  readonly apart?: readonly ModuleName[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** No database stands behind it: nothing of the toys reads one. */
function toyServices(dataDir: string): Services {
  const url = "postgresql://nobody@127.0.0.1:1/none";
  return {
    pools: createPools({
      url,
      apiConnections: 1,
      bulkConnections: 1,
      waitMs: 100,
      statementTimeoutMs: 100,
      onError: () => undefined,
    }),
    clock: systemClock,
    log: createLog("silent"),
    catalogue: {},
    files: new DirectoryFileStore(join(dataDir, "files")),
    mail: folderTransport(join(dataDir, "mail"), { name: "", address: "house@example.org" }),
    secret: Buffer.from("a secret of the tests, long enough"),
    identityKeys: testKeys(),
    links: testLinks(),
    ports: {
      marketing: {
        copyContacts: async () => undefined,
        authorizationCodes: [],
        applyAuthorizationWish: async () => undefined,
        findTarget: async () => null,
        takeTarget: async () => [],
        sharedContacts: async () => new Set<string>(),
      },
      history: idleHistory,
      privacy: { callerOf: toyCaller, ...unlogged, raisedLevels: async () => new Map() },
      erasers: [],
    },
  };
}

export async function startToys({ apart = [], environment = {} }: ToyOptions = {}): Promise<ToyInstallation> {
  const dataDir = await mkdtemp(join(tmpdir(), "toys-"));
  const config = loadConfig(environment);
  const services = toyServices(dataDir);
  const issuer = await openDemoIssuer(dataDir, systemClock);
  const verify = tokenVerifier(trustDemo(issuer), systemClock);
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const telemetry = new Telemetry();
  const shared = { config, services, verify, log, telemetry };

  const schemas = new Map(
    await Promise.all(toyModules.map(async (one) => [one.name, await one.buildSubgraph()] as const)),
  );
  const subgraphs = new Map<ModuleName, HttpServer>();
  for (const name of apart) {
    const handle = subgraphHandler({ ...shared, part: name, schema: schemas.get(name)!.schema });
    subgraphs.set(name, await listenAnywhere(config, handle));
  }
  const addresses = Object.fromEntries(moduleNames.map((name) => [name, `${subgraphs.get(name)?.url}/graphql`]));
  const gateway = gatewayHandler({
    ...shared,
    subgraphs: schemas,
    local: new Set(moduleNames.filter((name) => !apart.includes(name))),
    addresses: addresses as Record<ModuleName, string>,
    graphiql: environment.GRAPHIQL ? {} : null,
  });
  const server = await listenAnywhere(config, gateway.handle);
  return {
    url: `${server.url}/graphql`,
    subgraphs,
    log: lines,
    telemetry,
    token: (claims) => issuer.sign({ subject: "op-1", kind: "OPERATOR", institution: "DEMO", ...claims }),
    async stop() {
      await Promise.all([server, ...subgraphs.values()].map((one) => one.stop(0)));
      await gateway.dispose();
      await services.pools.end();
      await rm(dataDir, { recursive: true });
    },
  };
}

function listenAnywhere({ host }: Config, handle: Parameters<typeof listen>[0]["routes"][string]): Promise<HttpServer> {
  return listen({ host, port: 0, portSetting: "PORT", routes: { "/graphql": handle } });
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
  };
}

/** Posts one operation as JSON. */
export async function post(
  url: string,
  query: string,
  { token, variables, headers = {} }: { token?: string; variables?: object; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : {},
  };
}
