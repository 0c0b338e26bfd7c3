import {
  coerceInputValue,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  getOperationAST,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
} from "graphql";

/** More are of no use to the caller. */
const mostErrors = 10;

/**
 * Checks the variables of an operation as graphql-js would, but words its findings without the values: those are the
 * caller's personal data and would end in logs. Empty when all is well. Custom scalars of subgraphs are opaque to the
 * gateway; what they refuse is reworded by {@link withoutValues}.
 */
export function variableErrors({ schema, document, operationName, variableValues }: ExecutionArgs): GraphQLError[] {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const errors: GraphQLError[] = [];
  for (const definition of definitions) {
    for (const message of findings(schema, definition, variableValues ?? {})) {
      errors.push(badVariable(message, definition));
      if (errors.length === mostErrors) return errors;
    }
  }
  return errors;
}

/** A request error: 400, or 200 for callers that accept only `application/json`, as GraphQL over HTTP asks. */
export function badVariable(message: string, node?: VariableDefinitionNode): GraphQLError {
  return new GraphQLError(message, {
    nodes: node,
    extensions: { code: "BAD_USER_INPUT", http: { status: 400, spec: true } },
  });
}

function findings(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): string[] {
  const name = definition.variable.name.value;
  const type = typeFromAST(schema, definition.type as never);
  if (!isInputType(type)) return []; // validation has said so
  const value = given[name];
  if (value === undefined || !Object.hasOwn(given, name)) {
    const isMissing = isNonNullType(type) && !definition.defaultValue;
    return isMissing ? [`Variable "$${name}" of required type "${type}" was not provided.`] : [];
  }
  if (value === null && isNonNullType(type))
    return [`Variable "$${name}" of non-null type "${type}" must not be null.`];

  const found: string[] = [];
  coerceInputValue(value, type, (path, _, reason) => {
    const at = path.length ? ` at "${[name, ...path].join(".")}"` : "";
    found.push(
      `Variable "$${name}" has an invalid value${at}: expected type "${typeAt(type, path)}".${scalarHint(reason)}`,
    );
  });
  return found;
}

/** What one of our scalars says about its refusal: it words that without the value, and shows so by this code. */
export function scalarHint(reason: unknown): string {
  if (!(reason instanceof GraphQLError) || reason.extensions.code !== "BAD_USER_INPUT") return "";
  return isAboutVariable(reason.message) ? "" : ` ${reason.message}`;
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  let current = type;
  for (const key of path) {
    const nullable = getNullableType(current);
    if (isListType(nullable)) current = typeof key === "number" ? nullable.ofType : current;
    else if (isInputObjectType(nullable)) current = nullable.getFields()[key]?.type ?? current;
  }
  return current;
}

/** As graphql-js begins the message about a variable that it refuses. */
const aboutVariable = /^Variable "\$(\w+)" (got invalid value|of required type|of non-null type|has an invalid value)/;

/** True when graphql-js, here or in a subgraph, refused the value of a variable. */
export function isAboutVariable(message: string): boolean {
  return aboutVariable.test(message);
}

const rewordings: readonly [pattern: RegExp, replacement: string][] = [
  [/^(Syntax Error: .*?)\b(String|BlockString|Int|Float) ".*".*$/s, "$1$2."],
  [/^Expected value of type "([^"]+)", found .*$/s, 'Expected value of type "$1".'],
  [/^(String|Int|Float|Boolean|ID) cannot represent .*$/s, 'Expected value of type "$1".'],
  [/^Value ".*" does not exist in "(\w+)" enum.*$/s, 'Expected value of type "$1".'],
  [/^Enum "(\w+)" cannot represent .*$/s, 'Expected value of type "$1".'],
  [/^(Argument "\w+") has invalid value .*$/s, "$1 has an invalid value."],
];

/**
 * The message of a parser, validation or coercion error of graphql-js without the caller's value.
 * Unknown messages come back as they are.
 */
export function withoutValues(message: string): string {
  if (message.startsWith('Variable "$')) return variableWithoutValue(message);
  for (const [pattern, replacement] of rewordings)
    if (pattern.test(message)) return message.replace(pattern, replacement);
  return message;
}

/** `Variable "$x" got invalid value V at "x.y"; reason`: V may be any text, strings in it are quoted and escaped. */
function variableWithoutValue(message: string): string {
  const match = /^Variable "\$(\w+)" got invalid value (.*)$/s.exec(message);
  if (!match) return message;
  const [, name, rest] = match as unknown as [string, string, string];
  const bare = rest.replace(/"(?:[^"\\]|\\.)*"/gs, (quoted, offset: number) =>
    rest.startsWith(" at ", offset - 4) && /^"\w+[\w.[\]]*"$/.test(quoted) ? quoted : '""',
  );
  const at = new RegExp(`^[^;]* at "${name}([\\w.[\\]]*)"; `, "s").exec(bare)?.[1]?.replaceAll(/\[(\d+)\]/g, ".$1");
  const type = /; Expected (?:non-nullable )?type "([\w![\]]+)"/.exec(rest)?.[1];
  return `Variable "$${name}" has an invalid value${at ? ` at "${name}${at}"` : ""}${type ? `: expected type "${type}"` : ""}.`;
}
