import type { ExecutionRequest, ExecutionResult } from "@graphql-tools/utils";
import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  getOperationAST,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

type Path = readonly (string | number)[];

/**
 * Where a planner wants the errors of entities: the router takes their paths as they are, stitching puts the one error
 * of an entity at its fields itself, and makes an uncoded lump of several.
 */
export type ErrorPlace = "field" | "entity";

/**
 * The result of a call that failed as a whole: every root field null, and the error once at each field that is
 * missing, so that a client sees what it lacks (F01): `contact.purchaseHistory`, and not just `contact`.
 */
export function failedResult(request: ExecutionRequest, error: GraphQLError, place: ErrorPlace): ExecutionResult {
  const fields = rootFields(request.document);
  return {
    data: Object.fromEntries(fields.map((field) => [keyOf(field), null])),
    errors: fields.flatMap((field) =>
      place === "field" && isEntities(field)
        ? entityPaths(request, field).map((path) => at(error, path))
        : [at(error, [keyOf(field)])],
    ),
  };
}

/** Moves the errors of whole entities, which would all stand at the entity, to the fields that this subgraph owes it. */
export function withErrorsAtFields(
  request: ExecutionRequest,
  result: ExecutionResult,
  place: ErrorPlace,
): ExecutionResult {
  if (place === "entity") return result;
  if (!result.errors?.some((error) => error.path?.length === 2)) return result;
  const entities = rootFields(request.document).filter(isEntities);
  const errors = result.errors.flatMap((error) => {
    const field = entities.find((one) => error.path?.length === 2 && keyOf(one) === error.path[0]);
    if (!field) return [error];
    const paths = entityPaths(request, field).filter((path) => path[1] === error.path?.[1]);
    return paths.length > 0 ? paths.map((path) => at(error, path)) : [error];
  });
  return { ...result, errors };
}

function rootFields(document: DocumentNode): FieldNode[] {
  const operation = getOperationAST(document);
  return (operation?.selectionSet.selections ?? []).filter((selection) => selection.kind === Kind.FIELD);
}

const keyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;
const isEntities = (field: FieldNode): boolean => field.name.value === "_entities";

/** A path for each field of each representation. */
function entityPaths(request: ExecutionRequest, field: FieldNode): Path[] {
  const fragments = new Map<string, SelectionSetNode>();
  for (const node of request.document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet);
  return representations(request, field).flatMap((representation, index) =>
    [...entityKeys(field.selectionSet!, representation.__typename, fragments)].map((key) => [keyOf(field), index, key]),
  );
}

function representations(request: ExecutionRequest, field: FieldNode): readonly { __typename?: string }[] {
  const argument = field.arguments?.find(({ name }) => name.value === "representations")?.value;
  const value = argument?.kind === Kind.VARIABLE ? request.variables?.[argument.name.value] : null;
  return Array.isArray(value) ? value : [];
}

/** The keys that the selection asks of an entity of this type. Planners put one inline fragment per type. */
function entityKeys(
  set: SelectionSetNode,
  type: string | undefined,
  fragments: Map<string, SelectionSetNode>,
): Set<string> {
  const keys = new Set<string>();
  const collect = (selection: SelectionNode): void => {
    if (selection.kind === Kind.FIELD) {
      if (selection.name.value !== "__typename") keys.add(keyOf(selection));
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      for (const inner of fragments.get(selection.name.value)?.selections ?? []) collect(inner);
    } else if (!selection.typeCondition || !type || selection.typeCondition.name.value === type) {
      for (const inner of selection.selectionSet.selections) collect(inner);
    }
  };
  for (const selection of set.selections) collect(selection);
  return keys;
}

function at(error: GraphQLError, path: Path): GraphQLError {
  const { message, extensions } = error;
  return new GraphQLError(message, { path, extensions: { ...extensions }, originalError: error });
}
