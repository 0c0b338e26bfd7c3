import { expect } from "chai";
import { type ExecutionResult, execute, type GraphQLSchema, parse, validate } from "graphql";
import type { OperationContext } from "../../src/platform/context.js";

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which the test knows
type Answer = Record<string, any>;

/** Executes a valid operation on a subgraph, errors and all. */
export async function run(
  schema: GraphQLSchema,
  context: OperationContext,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<ExecutionResult<Answer>> {
  const document = parse(query);
  expect(validate(schema, document), "the operation is valid").to.deep.equal([]);
  const result = await execute({ schema, document, contextValue: context, variableValues: variables });
  // graphql-js answers with objects without prototype, which chai takes for different
  return JSON.parse(JSON.stringify(result)) as ExecutionResult<Answer>;
}

/** The data of an operation that must not have errors. */
export async function ask(
  schema: GraphQLSchema,
  context: OperationContext,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const { data, errors } = await run(schema, context, query, variables);
  expect((errors ?? []).map(({ message }) => message)).to.deep.equal([]);
  return data!;
}

/** The codes of the errors of an operation. */
export async function codesOf(
  schema: GraphQLSchema,
  context: OperationContext,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<unknown[]> {
  const { errors = [] } = await run(schema, context, query, variables);
  return errors.map(({ extensions }) => extensions?.code);
}
