import { type GraphQLArgument, isNonNullType } from "graphql";
import type { PartName } from "../../src/parts.js";
import type { Ask } from "./pair.js";
import { type OutputField, printSelection, type Selection } from "./selections.js";

/** A root field with all its arguments as variables: one document for all values, so that it is planned once. */
export function rootOperation(
  at: PartName,
  kind: "query" | "mutation" | "subscription",
  field: OutputField,
  selection: Selection | null,
  variables: Readonly<Record<string, unknown>>,
): Ask {
  const declared = declare(
    field.args,
    field.args.map(({ name }) => name),
  );
  const passed = pass(field.args.map(({ name }) => [name, name]));
  return {
    at,
    query: `${kind} ${declared} { ${field.name}${passed} ${selection ? printSelection(selection) : ""} }`,
    variables,
  };
}

/** `($id: ID!)`; nullable where the argument has a default, so that it can be left out. */
export function declare(args: readonly GraphQLArgument[], names: readonly string[]): string {
  const declarations = args.map(({ type, defaultValue }, index) => {
    const declaredType = defaultValue !== undefined && isNonNullType(type) ? type.ofType : type;
    return `$${names[index]}: ${declaredType}`;
  });
  return declarations.length > 0 ? `(${declarations.join(", ")})` : "";
}

export function pass(pairs: readonly (readonly [argument: string, variable: string])[]): string {
  return pairs.length > 0 ? `(${pairs.map(([argument, variable]) => `${argument}: $${variable}`).join(", ")})` : "";
}

/** A value as it stands in a document; enums are written without quotes. */
export function literal(value: unknown, isEnum: (text: string) => boolean): string {
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, isEnum)).join(", ")}]`;
  if (typeof value === "string") return isEnum(value) ? value : JSON.stringify(value);
  if (value === null || typeof value !== "object") return String(value);
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${literal(each, isEnum)}`)
    .join(", ")} }`;
}
