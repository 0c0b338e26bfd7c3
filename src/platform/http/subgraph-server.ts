import type { RequestListener } from "node:http";
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode, type ValidationContext } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import { type GraphqlServerOptions, graphqlPlugins } from "./graphql-plugins.js";
import { useSubgraphExecution } from "./operation.js";

export type SubgraphServerOptions = GraphqlServerOptions & { readonly schema: GraphQLSchema };

/**
 * One subgraph over HTTP, as closed as the gateway: it is reached with the callers' own tokens and checks them again.
 * On yoga, like the gateway, so that one set of plugins serves both; batches, GraphiQL, CORS and multipart are the
 * gateway's business.
 */
export function subgraphHandler(options: SubgraphServerOptions): RequestListener {
  const yoga = createYoga({
    schema: options.schema,
    plugins: [...graphqlPlugins({ ...options, slack: 2 }), useKnownOperations(), useSubgraphExecution()],
    maskedErrors: false,
    logging: false,
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
  });
  return (request, response) => void yoga(request, response);
}

/** Refuses kinds of operation that the subgraph has none of: to validation they are fine, execution throws. */
function useKnownOperations(): Plugin {
  const rule = (context: ValidationContext) => ({
    OperationDefinition(node: OperationDefinitionNode) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`This part has no ${node.operation}s.`, { nodes: node }));
    },
  });
  return { onValidate: ({ addValidationRule }) => addValidationRule(rule) };
}
