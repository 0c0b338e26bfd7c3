import { type DocumentNode, type FieldNode, parse, print, type SelectionSetNode, visit } from "graphql";
import type { Ask } from "./pair.js";

/**
 * The smallest operation that still shows what the given one shows: without the selections and the parts of its
 * variables that do not matter. Only for reads, which can be repeated.
 */
export async function smallest(ask: Ask, shows: (ask: Ask) => Promise<boolean>): Promise<Ask> {
  let best = ask;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const candidate of [...withoutSelections(best), ...withoutValues(best)]) {
      if (!(await shows(candidate))) continue;
      best = candidate;
      isBetter = true;
      break;
    }
  }
  return { ...best, query: print(parse(best.query)) };
}

function* withoutSelections(ask: Ask): Generator<Ask> {
  const document = parse(ask.query);
  const sets: SelectionSetNode[] = [];
  visit(document, { SelectionSet: (node) => void sets.push(node) });
  for (const set of sets) {
    for (const dropped of set.selections) {
      if (set.selections.length > 1) yield withoutUnused(ask, drop(document, set, dropped as FieldNode));
    }
  }
}

function drop(document: DocumentNode, set: SelectionSetNode, dropped: FieldNode): DocumentNode {
  return visit(document, {
    SelectionSet: (node) =>
      node === set ? { ...node, selections: node.selections.filter((each) => each !== dropped) } : undefined,
  });
}

/** Variables that nothing uses any more are invalid. */
function withoutUnused(ask: Ask, document: DocumentNode): Ask {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: (node) => void used.add(node.name.value),
  });
  const pruned = visit(document, {
    VariableDefinition: (node) => (used.has(node.variable.name.value) ? undefined : null),
  });
  const variables = Object.fromEntries(Object.entries(ask.variables).filter(([name]) => used.has(name)));
  return { ...ask, query: print(pruned), variables };
}

function* withoutValues(ask: Ask): Generator<Ask> {
  for (const variables of smaller(ask.variables)) yield { ...ask, variables: variables as Ask["variables"] };
}

function* smaller(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const index of value.keys()) if (value.length > 1) yield value.toSpliced(index, 1);
    for (const [index, each] of value.entries()) for (const less of smaller(each)) yield value.with(index, less);
  } else if (typeof value === "object" && value !== null) {
    for (const name of Object.keys(value)) {
      const { [name]: each, ...rest } = value as Record<string, unknown>;
      yield rest;
      for (const less of smaller(each)) yield { ...rest, [name]: less };
    }
  }
}
