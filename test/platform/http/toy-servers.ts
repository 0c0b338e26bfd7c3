import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import type { Transport } from "@graphql-mesh/transport-common";
import type { ExecutionResult, Executor } from "@graphql-tools/utils";
import { assertCompositionSuccess, composeServices } from "@theguild/federation-composition";
import { execute, type GraphQLSchema, parse, subscribe } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import { contactResolvers, contactTypes, historyResolvers, historyTypes } from "./toy-graph.js";

export interface ToyServer {
  url: string;
  close(): Promise<void>;
}

/** The two kinds of server that the plugins are made for: the gateway, and a subgraph served alone. */
export const toyServers: readonly { name: string; start(plugins: Plugin[]): Promise<ToyServer> }[] = [
  { name: "gateway", start: startGateway },
  { name: "yoga", start: startYoga },
];

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n`;

function subgraphs(): Record<string, { sdl: string; schema: GraphQLSchema }> {
  const make = (types: string, resolvers: object) => {
    const typeDefs = parse(link + types);
    return { sdl: link + types, schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]) };
  };
  return { contacts: make(contactTypes, contactResolvers), history: make(historyTypes, historyResolvers) };
}

function inProcess(parts: ReturnType<typeof subgraphs>): Transport {
  return {
    getSubgraphExecutor({ subgraphName }) {
      const { schema } = parts[subgraphName.toLowerCase()]!;
      const executor: Executor = ({ document, variables, operationName, operationType, rootValue, context }) => {
        const args = {
          schema,
          document,
          variableValues: variables as never,
          operationName,
          rootValue,
          contextValue: context,
        };
        return (operationType === "subscription" ? subscribe(args) : execute(args)) as ExecutionResult as never;
      };
      return executor;
    },
  };
}

async function startGateway(plugins: Plugin[]): Promise<ToyServer> {
  const parts = subgraphs();
  const composed = composeServices(
    Object.entries(parts).map(([name, { sdl }]) => ({ name, typeDefs: parse(sdl), url: `http://127.0.0.1:1/${name}` })),
  );
  assertCompositionSuccess(composed);
  const transport = inProcess(parts);
  const gateway = createGatewayRuntime({
    supergraph: composed.supergraphSdl,
    unifiedGraphHandler,
    transports: () => transport,
    cors: false,
    batching: { limit: 5 },
    graphiql: false,
    landingPage: false,
    maskedErrors: false,
    requestId: false,
    subgraphErrors: false,
    logging: false,
    plugins: () => plugins,
  });
  return listen(gateway, () => gateway[Symbol.asyncDispose]());
}

async function startYoga(plugins: Plugin[]): Promise<ToyServer> {
  const yoga = createYoga({
    schema: subgraphs().contacts!.schema,
    cors: false,
    batching: { limit: 5 },
    graphiql: false,
    landingPage: false,
    multipart: false,
    maskedErrors: false,
    logging: false,
    plugins,
  });
  return listen(yoga, async () => yoga.dispose());
}

export async function listen(handler: RequestListener, dispose: () => PromiseLike<void> | void): Promise<ToyServer> {
  const server = createServer(handler);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await dispose();
    },
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: {
    data?: never;
    errors?: { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
    extensions?: unknown;
  };
}

/** Posts an operation as JSON, accepting the media type of GraphQL over HTTP. */
export async function ask(
  server: ToyServer,
  query: string,
  { variables, headers = {} }: { variables?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return answer(response);
}

export async function answer(response: Response): Promise<Answer> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith("{") ? JSON.parse(text) : {},
  };
}

export const codes = ({ body }: Answer) => body.errors?.map((error) => error.extensions?.code);
