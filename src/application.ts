import type { Logger } from "pino";
import { type PartName, partNames } from "./parts.js";
import { type DemoIssuer, openDemoIssuer } from "./platform/access/demo-issuer.js";
import { type Clock, systemClock } from "./platform/clock.js";
import type { Config } from "./platform/config.js";
import type { Services } from "./platform/context.js";
import type { Database } from "./platform/database/connect.js";
import type { SubgraphSchema } from "./platform/graphql/subgraph-schema.js";
import { jobCounts, startWorker } from "./platform/jobs/index.js";
import { createLog } from "./platform/log.js";
import type { ModuleName } from "./platform/module.js";
import { Telemetry } from "./platform/telemetry.js";
import { type Product, product as shippedProduct } from "./product.js";
import { serve } from "./servers.js";
import { createServices, openDatabase } from "./services.js";
import { Stops } from "./stops.js";

export interface ApplicationOptions {
  /** All parts when left out. */
  readonly parts?: ReadonlySet<PartName>;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly product?: Product;
}

export interface Application {
  /** The gateway's endpoint; of a process without a gateway, that of its first subgraph. Null for a worker alone. */
  readonly url: string | null;
  /** Endpoints by part. */
  readonly urls: ReadonlyMap<PartName, string>;
  readonly services: Services;
  /** Signs tokens for trying out; null when an issuer elsewhere is trusted. */
  readonly demoIssuer: DemoIssuer | null;
  readonly product: Product;
  /** Whether the demo institution is there. */
  readonly hasDemoData: boolean;
  /** Accepts nothing more, finishes what runs or hands it back, and closes everything. Once, however often called. */
  stop(): Promise<void>;
}

/**
 * Starts these parts in this process: database, migrations, demo data, worker, servers. What was started is stopped
 * again when a later step fails.
 * @throws StartupError
 */
export async function startApplication(config: Config, options: ApplicationOptions = {}): Promise<Application> {
  const { log = createLog(config.logLevel) } = options;
  const stops = new Stops(log);
  const defaults = { parts: new Set(partNames), clock: systemClock, product: shippedProduct };
  try {
    return await start(config, { ...defaults, ...options, log }, stops);
  } catch (error) {
    await stops.run();
    throw error;
  }
}

async function start(config: Config, options: Required<ApplicationOptions>, stops: Stops): Promise<Application> {
  const { product, parts, clock, log } = options;
  const database = await openDatabase(config, log);
  stops.add("ground", () => database.stop());
  const services = await createServices(config, product, { database, clock, log });
  const demoIssuer = config.authJwksUrl === null ? await openDemoIssuer(config.dataDir, clock) : null;
  const telemetry = new Telemetry();
  telemetry.watchPools(services.pools);
  telemetry.watch("jobs", "Jobs of all queues, by state.", "state", () => jobCounts(services.pools.bulk));
  for (const { name, help, label, read } of product.figures(services)) telemetry.watch(name, help, label, read);

  const hasDemoData = await loadDemo(config, product, { services, database });
  if (parts.has("worker")) {
    const [tasks, schedules] = [product.tasks(services), product.schedules(services)];
    const worker = await startWorker({ url: database.applicationUrl, tasks, schedules, log });
    stops.add("work", () => worker.stop(config.shutdownSeconds * 1_000));
  }
  const subgraphs = await buildSubgraphs(product);
  const { modules } = product;
  const process = { config, parts, services, modules, subgraphs, telemetry, demoIssuer, log, stops };
  const urls = await serve(process, product.demo?.firstQuery);
  const [url = null] = urls.values();
  return { url, urls, services, demoIssuer, product, hasDemoData, stop: () => stops.run() };
}

/** One after another: the registry of type-graphql's classes is global. */
async function buildSubgraphs({ modules }: Product): Promise<ReadonlyMap<ModuleName, SubgraphSchema>> {
  const subgraphs = new Map<ModuleName, SubgraphSchema>();
  for (const module of modules) subgraphs.set(module.name, await module.buildSubgraph());
  return subgraphs;
}

async function loadDemo(
  config: Config,
  { demo }: Product,
  { services, database }: { services: Services; database: Database },
): Promise<boolean> {
  const isWanted = config.demoData ?? (database.isEmbedded && config.mode !== "production");
  const { ownerUrl } = database;
  if (!isWanted || demo === null || ownerUrl === null) return false;
  const { clock, identityKeys } = services;
  return demo.load({ ownerUrl, clock, identityKeys });
}
