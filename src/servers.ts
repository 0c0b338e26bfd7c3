import type { RequestListener } from "node:http";
import type { Logger } from "pino";
import { gatewayHandler } from "./gateway/index.js";
import { type PartName, servedApart } from "./parts.js";
import type { DemoIssuer } from "./platform/access/demo-issuer.js";
import { type TokenTrust, tokenVerifier, trustDemo, trustRemote, type VerifyToken } from "./platform/access/token.js";
import type { Config } from "./platform/config.js";
import type { Services } from "./platform/context.js";
import type { SubgraphSchema } from "./platform/graphql/subgraph-schema.js";
import { downloadRoutes } from "./platform/http/download.js";
import { health, listen, ready } from "./platform/http/http-server.js";
import { metricsRoute } from "./platform/http/metrics.js";
import { subgraphHandler } from "./platform/http/subgraph-server.js";
import { OpenSubscriptions } from "./platform/http/subscriptions.js";
import type { ModuleName, SubgraphModule } from "./platform/module.js";
import type { Telemetry } from "./platform/telemetry.js";
import { databaseCheck, filesCheck, type ReadinessCheck, readinessOf, subgraphCheck } from "./readiness.js";
import type { Stops } from "./stops.js";

/** What the parts of one process have in common. */
export interface Process {
  readonly config: Config;
  readonly parts: ReadonlySet<PartName>;
  readonly services: Services;
  /** All of them, whichever run here. */
  readonly modules: readonly SubgraphModule[];
  /** All of them, whichever run here. */
  readonly subgraphs: ReadonlyMap<ModuleName, SubgraphSchema>;
  readonly telemetry: Telemetry;
  /** Whose tokens are trusted; null for an issuer elsewhere. */
  readonly demoIssuer: DemoIssuer | null;
  readonly log: Logger;
  readonly stops: Stops;
}

/**
 * Opens the ports of these parts.
 * @returns the GraphQL endpoints by part
 * @throws StartupError PORT_TAKEN
 */
export async function serve(process: Process, firstQuery: string | undefined): Promise<ReadonlyMap<PartName, string>> {
  const { config, parts, subgraphs, services, stops } = process;
  const subscriptions = new OpenSubscriptions();
  // before the servers, which wait for whoever is still answered
  stops.add("work", () => subscriptions.end());
  const shared = { ...process, subscriptions, verify: tokenVerifier(trustOf(process), services.clock) };
  const urls = new Map<PartName, string>();
  if (parts.has("gateway")) {
    const local = new Set([...subgraphs.keys()].filter((name) => parts.has(name)));
    const addresses = addressesOf(config);
    const isWithGraphiql = config.graphiql ?? config.mode !== "production";
    const gateway = gatewayHandler({
      ...shared,
      local,
      addresses,
      graphiql: isWithGraphiql ? { defaultQuery: firstQuery } : null,
    });
    stops.add("between", () => gateway.dispose());
    const elsewhere = [...subgraphs.keys()].filter((name) => !local.has(name));
    const checks = elsewhere.map((name) => subgraphCheck(name, addresses[name]));
    urls.set("gateway", await open(shared, "PORT", config.port, gateway.handle, checks, process.modules));
  }
  for (const name of servedApart(parts)) {
    const handle = subgraphHandler({ ...shared, part: name, schema: subgraphs.get(name)!.schema });
    const own = process.modules.filter((module) => module.name === name);
    urls.set(name, await open(shared, `${name.toUpperCase()}_PORT`, config[`${name}Port`], handle, [], own));
  }
  if (config.metricsPort !== null) await openMetrics(process, config.metricsPort);
  return urls;
}

function trustOf({ config, demoIssuer }: Process): TokenTrust {
  if (demoIssuer) return trustDemo(demoIssuer);
  const { authJwksUrl, authIssuer, authAudience, authAlgorithms } = config;
  if (!authJwksUrl || !authIssuer || !authAudience) throw new Error("settings without a token issuer");
  return trustRemote(authJwksUrl, { issuer: authIssuer, audience: authAudience, algorithms: authAlgorithms });
}

function addressesOf(config: Config): Record<ModuleName, string> {
  const { contactsUrl, marketingUrl, historyUrl, privacyUrl } = config;
  return { contacts: contactsUrl, marketing: marketingUrl, history: historyUrl, privacy: privacyUrl };
}

async function open(
  { config, services, telemetry, stops, verify }: Process & { readonly verify: VerifyToken },
  portSetting: string,
  port: number,
  graphql: RequestListener,
  checks: readonly ReadinessCheck[],
  modules: readonly SubgraphModule[],
): Promise<string> {
  const { host, metricsPort, metricsToken, shutdownSeconds } = config;
  const isReady = readinessOf([databaseCheck(services.pools), filesCheck(services.files), ...checks]);
  const routes = {
    ...Object.assign({}, ...modules.map((module) => module.routes?.(services))),
    ...downloadRoutes(
      { services, verify, origins: config.corsOrigins },
      Object.assign({}, ...modules.map(({ downloads }) => downloads)),
    ),
    "/graphql": graphql,
    "/health": health,
    "/ready": ready(() => !stops.isStopping, isReady),
    // beside GraphQL only for those with the token; never open to callers
    ...(metricsPort === null && metricsToken !== null && { "/metrics": metricsRoute(telemetry, metricsToken) }),
  };
  const server = await listen({ host, port, portSetting, routes });
  stops.add("work", () => server.stop(shutdownSeconds * 1_000));
  return `${server.url}/graphql`;
}

/** To the last: the figures of the end are the interesting ones. */
async function openMetrics({ config, telemetry, stops }: Process, port: number): Promise<void> {
  const routes = { "/metrics": metricsRoute(telemetry, config.metricsToken), "/health": health };
  const server = await listen({ host: config.host, port, portSetting: "METRICS_PORT", routes });
  stops.add("ground", () => server.stop(0));
}
