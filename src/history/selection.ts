import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/**
 * True when the operation selects the field at the end of one of the paths below the field that is being resolved.
 * A hint for reading ahead: directives that leave a field out are not looked at.
 */
export function selects(info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">, ...paths: string[][]): boolean {
  const roots = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return paths.some((path) => {
    let sets: SelectionSetNode[] = roots;
    return path.every((name, depth) => {
      const found = sets.flatMap((set) => fieldsOf(set, name, info.fragments));
      sets = found.flatMap(({ selectionSet }) => selectionSet ?? []);
      return found.length > 0 && (depth === path.length - 1 || sets.length > 0);
    });
  });
}

function fieldsOf(
  { selections }: SelectionSetNode,
  name: string,
  fragments: GraphQLResolveInfo["fragments"],
): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === "Field") return selection.name.value === name ? [selection] : [];
    const set =
      selection.kind === "InlineFragment" ? selection.selectionSet : fragments[selection.name.value]?.selectionSet;
    return set ? fieldsOf(set, name, fragments) : [];
  });
}
