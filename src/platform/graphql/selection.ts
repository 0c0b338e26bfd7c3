import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  type SelectionSetNode,
} from "graphql";

/**
 * True when the operation selects the field at the end of one of the paths below the field that is being resolved.
 * A hint for reading ahead: directives that leave a field out are not looked at.
 */
export function selects(info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">, ...paths: string[][]): boolean {
  const roots = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return paths.some((path) => {
    let sets: SelectionSetNode[] = roots;
    return path.every((name, depth) => {
      const found = sets.flatMap((set) => fieldsOf(set, info.fragments)).filter((field) => field.name.value === name);
      sets = found.flatMap(({ selectionSet }) => selectionSet ?? []);
      return found.length > 0 && (depth === path.length - 1 || sets.length > 0);
    });
  });
}

/** The fields of a selection, those of its fragments included, whatever type they are for. */
function fieldsOf({ selections }: SelectionSetNode, fragments: GraphQLResolveInfo["fragments"]): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === "Field") return [selection];
    const set =
      selection.kind === "InlineFragment" ? selection.selectionSet : fragments[selection.name.value]?.selectionSet;
    return set ? fieldsOf(set, fragments) : [];
  });
}

/**
 * Resolves those fields of an object that have a resolver, before the object itself is there: what they load travels
 * in the same wave as what finds the object. The loaders remember it for the fields, which also tell what goes wrong.
 */
export function readAhead(type: string, source: object, context: unknown, info: GraphQLResolveInfo): void {
  const declared = (info.schema.getType(type) as GraphQLObjectType).getFields();
  for (const { selectionSet } of info.fieldNodes) {
    for (const node of selectionSet ? fieldsOf(selectionSet, info.fragments) : []) {
      const field = declared[node.name.value];
      if (!field?.resolve || node.directives?.length) continue;
      resolveEarly(field, node, { source, context, info }).catch(leaveToField);
    }
  }
}

async function resolveEarly(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  { source, context, info }: { source: object; context: unknown; info: GraphQLResolveInfo },
): Promise<void> {
  const args = getArgumentValues(field, node, info.variableValues);
  await field.resolve?.(source, args, context, { ...info, fieldName: field.name, fieldNodes: [node] });
}

function leaveToField(): void {
  // the field is resolved again, and its error stands in the answer
}
