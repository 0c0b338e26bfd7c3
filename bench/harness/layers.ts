import { type Application, startApplication } from "../../src/application.js";
import { createGateway } from "../../src/gateway/gateway.js";
import { inProcessExecutor } from "../../src/gateway/in-process-transport.js";
import { gatewayHandler } from "../../src/gateway/index.js";
import { composeSupergraph } from "../../src/gateway/supergraph.js";
import type { Caller } from "../../src/platform/access/caller.js";
import { tokenVerifier, trustDemo } from "../../src/platform/access/token.js";
import { systemClock } from "../../src/platform/clock.js";
import { type Config, loadConfig } from "../../src/platform/config.js";
import { OperationContext } from "../../src/platform/context.js";
import type { SubgraphSchema } from "../../src/platform/graphql/subgraph-schema.js";
import { type ModuleName, moduleNames } from "../../src/platform/module.js";
import { Telemetry } from "../../src/platform/telemetry.js";
import { product } from "../../src/product.js";
import { closedLoop, type Pressure } from "./closed-loop.js";
import { answerCommands } from "./commands.js";
import { type ProductSettings, productEnvironment } from "./product.js";
import {
  exchange,
  RequestRecorder,
  recordStatements,
  type Sample,
  type SentRequest,
  type SentStatement,
} from "./recording.js";

/** The product's layers, each without those around it, on the same operation. */
export interface LayersSettings extends ProductSettings {
  readonly query: string;
  readonly samples: readonly Sample[];
  /** An `Authorization` header. */
  readonly authorization: string;
}

/** What the layers have in common. */
interface Stack {
  readonly application: Application;
  readonly config: Config;
  readonly settings: LayersSettings;
  readonly subgraphs: ReadonlyMap<ModuleName, SubgraphSchema>;
  readonly caller: Caller;
}

/** A layer runs the operation of one sample. */
type Layer = (sample: Sample) => Promise<unknown>;

async function build(settings: LayersSettings): Promise<{ layers: Record<string, Layer>; close(): Promise<void> }> {
  const config = loadConfig(productEnvironment(settings));
  const application = await startApplication(config, { parts: new Set() });
  const subgraphs = new Map<ModuleName, SubgraphSchema>();
  for (const module of product.modules) subgraphs.set(module.name, await module.buildSubgraph());
  const verify = tokenVerifier(trustDemo(application.demoIssuer!), systemClock);
  const caller = await application.services.ports.privacy.callerOf(await verify(settings.authorization));
  if (!caller) throw new Error("the operator of the bench has no access");

  const stack = { application, config, settings, subgraphs, caller };
  const [first] = settings.samples as [Sample];
  const gateway = gatewayLayer(stack);
  await gateway.run(first);
  const waves = await recordStatements(() => gateway.run(first));
  const layers = {
    "one wave": statementsLayer(stack, [waves.flat()]),
    "own waves": statementsLayer(stack, waves),
    subgraphs: subgraphsLayer(stack, await recordRequests(stack, first)),
    gateway: gateway.run,
  };
  const close = async () => {
    await gateway.dispose();
    await application.stop();
  };
  return { layers, close };
}

/** The whole gateway with its plugins, without sockets. */
function gatewayLayer({ application, config, settings, subgraphs }: Stack): { run: Layer; dispose(): Promise<void> } {
  const { services, demoIssuer } = application;
  const gateway = gatewayHandler({
    config,
    services,
    subgraphs,
    log: services.log,
    telemetry: new Telemetry(),
    verify: tokenVerifier(trustDemo(demoIssuer!), systemClock),
    local: new Set(moduleNames),
    addresses: {} as Record<ModuleName, string>,
    graphiql: null,
  });
  const headers = {
    "content-type": "application/json",
    accept: "application/graphql-response+json",
    authorization: settings.authorization,
  };
  const run: Layer = async ({ variables }) => {
    const body = JSON.stringify({ query: settings.query, variables });
    const response = await gateway.fetch("http://localhost/graphql", { method: "POST", headers, body });
    const text = await response.text();
    if (response.status !== 200 || text.includes('"errors":')) throw new Error(`the gateway answered ${text}`);
  };
  return { run, dispose: () => gateway.dispose() };
}

/** The context of one operation, as the gateway makes it for its subgraphs. */
function operationOf({ application: { services }, caller }: Stack): () => Promise<OperationContext> {
  let operation: Promise<OperationContext> | undefined;
  const open = async () =>
    new OperationContext(services, {
      caller,
      raisedLevels: await services.ports.privacy.raisedLevels(caller.institutionId),
      locale: "en",
      requestId: "bench",
    });
  return () => {
    operation ??= open();
    return operation;
  };
}

/** Only the product's statements, in these waves one after another. */
function statementsLayer({ application: { services }, caller, settings }: Stack, waves: SentStatement[][]): Layer {
  const [first] = settings.samples as [Sample];
  return async (sample) => {
    const operation = { caller, raisedLevels: new Map(), locale: "en", requestId: "bench" } as const;
    const { db } = new OperationContext(services, operation);
    for (const wave of waves)
      await Promise.all(wave.map(({ text, values }) => db.query(text, exchange(values, first, sample))));
  };
}

/** The four subgraphs with the requests that the gateway's plan sends them, without planning and without HTTP. */
function subgraphsLayer(stack: Stack, sent: readonly SentRequest[]): Layer {
  const [first] = stack.settings.samples as [Sample];
  const stages = Map.groupBy(sent, ({ stage }) => stage);
  return async (sample) => {
    const context = { operation: operationOf(stack) };
    for (const requests of stages.values())
      await Promise.all(
        requests.map(({ executor, request }) =>
          executor({ ...request, context, variables: exchange(request.variables, first, sample) }),
        ),
      );
  };
}

async function recordRequests(stack: Stack, sample: Sample): Promise<readonly SentRequest[]> {
  const { application, config, settings, subgraphs } = stack;
  const recorder = new RequestRecorder();
  const gateway = createGateway({
    supergraph: composeSupergraph(new Map([...subgraphs].map(([name, { sdl }]) => [name, sdl]))),
    executors: new Map(
      [...subgraphs].map(([name, { schema }]) => [name, recorder.watch(inProcessExecutor(schema, "field"))]),
    ),
    planner: config.queryPlanner,
    maxBatch: 1,
    plugins: [{ onExecute: ({ extendContext }) => extendContext({ operation: operationOf(stack) } as object) }],
    log: application.services.log,
  });
  const response = await gateway.fetch("http://localhost/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: settings.query, variables: sample.variables }),
  });
  const text = await response.text();
  await gateway.dispose();
  if (response.status !== 200 || text.includes('"errors":')) throw new Error(`the subgraphs answered ${text}`);
  return recorder.sent;
}

if (import.meta.main) {
  let close: (() => Promise<void>) | undefined;
  const loops = new Map<string, (pressure: Pressure) => Promise<number>>();
  answerCommands(
    {
      async open(settings: LayersSettings) {
        const built = await build(settings);
        close = built.close;
        const { samples } = settings;
        for (const [name, layer] of Object.entries(built.layers))
          loops.set(
            name,
            closedLoop((count) => layer(samples[count % samples.length]!)),
          );
      },
      loop: ({ layer, pressure }: { layer: string; pressure: Pressure }) => loops.get(layer)!(pressure),
    },
    async () => close?.(),
  );
}
