import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

/** `fields` is what an operation costs, `introspection` how many meta fields it selects; both may be Infinity. */
export interface DocumentCost {
  fields: number;
  introspection: number;
}

/** A page may not be larger (rule of the API), so an unknown `first` counts as this. */
const largestPage = 100;
const mutationCost = 10;
/** Deeper selections are hostile; following them would end in a stack overflow. */
const deepestNesting = 500;
const nothing: DocumentCost = { fields: 0, introspection: 0 };
const everything: DocumentCost = { fields: Number.POSITIVE_INFINITY, introspection: Number.POSITIVE_INFINITY };

/**
 * What an operation may cost at most, from the document and its variables alone, so that the cost tells nothing
 * about the data. A field costs 1, a root field of a mutation 10; what is selected below a field with `first` counts
 * that many times (a missing or odd value: 100), below `_entities` once for each representation. `@skip` and `@include` are not looked at. Introspection is free,
 * its fields are counted apart. Time is linear in the size of the document, however its fragments are spread.
 *
 * @param operationName as sent; when it names no single operation, the dearest one counts
 */
export function documentCost(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): DocumentCost {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const named = operations.filter((operation) => operationName && operation.name?.value === operationName);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);

  const costs = (named.length ? named : operations).map((operation) =>
    new OperationCounter(operation, fragments, variables ?? {}).count(),
  );
  return costs.reduce((a, b) => (b.fields > a.fields || b.introspection > a.introspection ? b : a), nothing);
}

class OperationCounter {
  /** The cost of a fragment for one spread: its multiplier is applied by the caller, so one entry is enough. */
  private readonly known = new Map<string, DocumentCost>();
  private depth = 0;

  constructor(
    private readonly operation: OperationDefinitionNode,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {}

  count(): DocumentCost {
    const root = this.operation.operation === OperationTypeNode.MUTATION ? mutationCost : 1;
    return this.selections(this.operation.selectionSet, root, false);
  }

  /** @param each cost of one field at this level; deeper levels cost 1 */
  private selections(set: SelectionSetNode, each: number, meta: boolean): DocumentCost {
    if (this.depth >= deepestNesting) return everything;
    this.depth++;
    const total = { ...nothing };
    for (const selection of set.selections) {
      const cost =
        selection.kind === Kind.FIELD
          ? this.field(selection, each, meta)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.selections(selection.selectionSet, each, meta)
            : this.spread(selection.name.value, each, meta);
      total.fields += cost.fields;
      total.introspection += cost.introspection;
    }
    this.depth--;
    return total;
  }

  private field(field: FieldNode, each: number, meta: boolean): DocumentCost {
    const isMeta = meta || field.name.value.startsWith("__");
    const inner = field.selectionSet ? this.selections(field.selectionSet, 1, isMeta) : nothing;
    if (isMeta) return { fields: 0, introspection: 1 + inner.introspection };
    return {
      fields: each + this.pageSize(field) * this.representations(field) * inner.fields,
      introspection: inner.introspection,
    };
  }

  private spread(name: string, each: number, meta: boolean): DocumentCost {
    const key = `${name} ${each} ${meta}`;
    const known = this.known.get(key);
    if (known) return known;
    this.known.set(key, nothing); // a cycle: validation refuses it, here it must only end
    const fragment = this.fragments.get(name);
    const cost = fragment ? this.selections(fragment.selectionSet, each, meta) : nothing;
    this.known.set(key, cost);
    return cost;
  }

  private pageSize(field: FieldNode): number {
    const first = field.arguments?.find((argument) => argument.name.value === "first");
    // Bounded, because Infinity times an empty selection would be NaN, and NaN is over no limit.
    return first ? Math.min(Math.max(1, this.pageSizeOf(first.value)), Number.MAX_SAFE_INTEGER) : 1;
  }

  /** How many entities a subgraph is asked for at once; 1 for every other field. */
  private representations(field: FieldNode): number {
    const list = field.arguments?.find((argument) => argument.name.value === "representations")?.value;
    if (list?.kind === Kind.LIST) return Math.max(1, list.values.length);
    const given = list?.kind === Kind.VARIABLE ? this.variables[list.name.value] : undefined;
    return Array.isArray(given) ? Math.max(1, given.length) : 1;
  }

  private pageSizeOf(value: ValueNode): number {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return largestPage;
    const given = this.variables[value.name.value];
    if (given !== undefined) return typeof given === "number" && Number.isInteger(given) ? given : largestPage;
    const definition = this.operation.variableDefinitions?.find(
      (node) => node.variable.name.value === value.name.value,
    );
    return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : largestPage;
  }
}
