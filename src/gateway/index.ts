import type { Plugin } from "graphql-yoga";
import { isPermitted } from "../platform/access/allow.js";
import type { Permission } from "../platform/access/permissions.js";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { signFileReference, storeUpload } from "../platform/files/index.js";
import type { SubgraphSchema } from "../platform/graphql/subgraph-schema.js";
import type { AuthenticationContext } from "../platform/http/authentication.js";
import { useCors } from "../platform/http/cors.js";
import { type GraphqlServerOptions, graphqlPlugins } from "../platform/http/graphql-plugins.js";
import type { ModuleName } from "../platform/module.js";
import { createGateway, type Gateway } from "./gateway.js";
import { useGraphiqlPage } from "./graphiql.js";
import { httpExecutor } from "./http-transport.js";
import { inProcessExecutor } from "./in-process-transport.js";
import { useNullData } from "./null-data.js";
import type { RemoteSubgraph } from "./remote-subgraph.js";
import { inputSchemaOf, useStrictInput } from "./strict-input.js";
import { composeSupergraph, publicApi } from "./supergraph.js";
import { useStreamingUpload } from "./upload.js";

export type GatewayServerOptions = Omit<GraphqlServerOptions, "part"> & {
  /** All subgraphs, those that run elsewhere too: their schema is part of the program. */
  readonly subgraphs: ReadonlyMap<ModuleName, SubgraphSchema>;
  /** Those that are called in this process. */
  readonly local: ReadonlySet<ModuleName>;
  /** Address of the GraphQL endpoint of each of the others. */
  readonly addresses: Readonly<Record<ModuleName, string>>;
  /** What GraphiQL begins with. */
  readonly graphiql: { readonly defaultQuery?: string; readonly defaultHeaders?: Record<string, string> } | null;
};

const fileReferenceMs = 3_600_000;

/** The gateway, for the path /graphql. */
export function gatewayHandler(options: GatewayServerOptions): Gateway {
  const { config, subgraphs, local, log, services, graphiql } = options;
  const sdls = new Map([...subgraphs].map(([name, { sdl }]) => [name, sdl]));
  const inputSchema = inputSchemaOf(publicApi(sdls));
  const plugins = graphqlPlugins({
    ...options,
    part: "gateway",
    inputSchema,
    beforeToken: [useCors(config.corsOrigins), ...(graphiql ? [useGraphiqlPage(graphiql)] : [])],
    afterToken: [
      upload(
        config,
        services,
        takeFiles.every((name) => local.has(name)),
      ),
      useStrictInput(inputSchema),
    ],
  });
  const errorPlace = config.queryPlanner === "router" ? "field" : "entity";
  return createGateway({
    supergraph: composeSupergraph(sdls),
    executors: new Map(
      [...subgraphs].map(([name, { schema }]) => [
        name,
        local.has(name) ? inProcessExecutor(schema, errorPlace) : httpExecutor(remote(options, name), errorPlace),
      ]),
    ),
    planner: config.queryPlanner,
    maxBatch: config.maxBatch,
    plugins: [...plugins, useNullData()],
    log,
  });
}

function remote({ config, addresses, log }: GatewayServerOptions, name: ModuleName): RemoteSubgraph {
  return {
    name,
    url: addresses[name],
    timeoutMs: config.subgraphTimeoutMs,
    onFailure: (error) => log.warn({ subgraph: name, err: error }, "a subgraph did not answer"),
  };
}

/** The modules whose operations take files, and what those operations need. */
const takeFiles: readonly ModuleName[] = ["contacts", "history"];
const uploading: readonly Permission[] = ["import:run", "history:ingest"];

/** Files stream into the resolver of this process; when one of them runs elsewhere, into the file store, and a reference goes there. */
function upload(config: Config, services: Services, isLocal: boolean): Plugin {
  return useStreamingUpload({
    maxFileSize: config.maxUploadBytes,
    ...(!isLocal && {
      async store(file, context) {
        const caller = (context as AuthenticationContext).caller!;
        // nobody else fills the store: the subgraph refuses him, at its field
        if (!uploading.some((permission) => isPermitted(caller, permission))) return "";
        const { institutionId } = caller;
        const stored = await storeUpload(services, institutionId, file.createReadStream(), config.maxUploadBytes);
        const expiresAt = new Date(services.clock.now().getTime() + fileReferenceMs);
        return signFileReference(services.secret, caller, stored, expiresAt);
      },
    }),
  });
}
