import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";

/** A selection set: what is selected, with its arguments, and what is selected of it. */
export interface Selection {
  readonly [field: string]: Selection | true;
}

export type OutputField = GraphQLField<unknown, unknown>;

/** From one object to the next, by a field or by the type that an interface turns out to be. */
export interface Edge {
  /** As it is written in a document, with the arguments that it cannot do without. */
  readonly text: string;
  /** `Type.field`; null for a type condition. */
  readonly field: { readonly owner: GraphQLObjectType; readonly field: OutputField } | null;
  readonly target: GraphQLNamedType;
}

export type Path = readonly Edge[];

/** Writes the arguments that a field cannot do without, for instance `(first: 3)`. */
export type WriteArguments = (field: OutputField) => string;

export function printSelection(selection: Selection): string {
  const parts = Object.entries(selection).map(([text, below]) =>
    below === true ? text : `${text} ${printSelection(below)}`,
  );
  return `{ ${parts.join(" ")} }`;
}

export function mergeSelections(...selections: readonly Selection[]): Selection {
  const merged: Record<string, Selection | true> = {};
  for (const selection of selections) {
    for (const [text, below] of Object.entries(selection)) {
      const before = merged[text];
      merged[text] = before && before !== true && below !== true ? mergeSelections(before, below) : below;
    }
  }
  return merged;
}

/** What can be selected in a schema, type by type. */
export class Selections {
  readonly #edges = new Map<GraphQLNamedType, readonly Edge[]>();
  readonly #paths = new Map<GraphQLNamedType, readonly Path[]>();

  constructor(
    readonly schema: GraphQLSchema,
    private readonly writeArguments: WriteArguments,
  ) {}

  /** Every value of an object that takes no further step, flat objects such as page information included. */
  values(type: GraphQLNamedType): Selection {
    if (!isObjectType(type)) return { __typename: true, ...this.identity(type) };
    const entries = Object.values(type.getFields()).flatMap((field): [string, Selection | true][] => {
      const target = getNamedType(field.type);
      if (isLeafType(target)) return [[field.name + this.writeArguments(field), true]];
      return isFlat(target) && field.args.length === 0 ? [[field.name, this.values(target)]] : [];
    });
    return Object.fromEntries(entries.length > 0 ? entries : [["__typename", true]]);
  }

  /** The id alone, which no subgraph has to be asked for; what an object without an id has instead. */
  identity(type: GraphQLNamedType): Selection {
    const hasFields = isObjectType(type) || isInterfaceType(type);
    return hasFields && type.getFields().id ? { id: true } : { __typename: true };
  }

  /** Names of the types with an id among a type and what is one or two steps from it. */
  identified(type: GraphQLNamedType): readonly string[] {
    const near = [type, ...this.shortest(type).flatMap((path) => (path.length <= 2 ? [path.at(-1)!.target] : []))];
    return [...new Set(near.filter((each) => this.identity(each).id).map(({ name }) => name))];
  }

  /** Steps from a type to others. */
  edges(type: GraphQLNamedType): readonly Edge[] {
    let edges = this.#edges.get(type);
    if (!edges) {
      edges = this.#edgesOf(type);
      this.#edges.set(type, edges);
    }
    return edges;
  }

  #edgesOf(type: GraphQLNamedType): Edge[] {
    if (isAbstractType(type))
      return this.schema
        .getPossibleTypes(type)
        .map((target) => ({ text: `... on ${target.name}`, field: null, target }));
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap((field) => {
      const target = getNamedType(field.type);
      if (isLeafType(target) || (isFlat(target) && field.args.length === 0)) return [];
      return [{ text: field.name + this.writeArguments(field), field: { owner: type, field }, target }];
    });
  }

  /** Behind the shortest way to every step, every step that can follow it. */
  longer(from: GraphQLNamedType): readonly Path[] {
    let paths = this.#paths.get(from);
    if (!paths) {
      const shortest = this.shortest(from);
      const known = new Set(shortest.map(textOf));
      const longer = shortest.flatMap((path) => this.edges(path.at(-1)!.target).map((edge) => [...path, edge]));
      paths = longer.filter((path) => !known.has(textOf(path)));
      this.#paths.set(from, paths);
    }
    return paths;
  }

  /** The shortest way from a type to every step that can be reached. */
  shortest(from: GraphQLNamedType): readonly Path[] {
    const found: Path[] = [];
    const seen = new Set<Edge>();
    let heads: Path[] = this.edges(from).map((edge) => [edge]);
    while (heads.length > 0) {
      const fresh = heads.filter((path) => !seen.has(path.at(-1)!));
      const kept = fresh.filter((path, index) => fresh.findIndex((other) => other.at(-1) === path.at(-1)) === index);
      for (const path of kept) seen.add(path.at(-1)!);
      found.push(...kept);
      heads = kept.flatMap((path) => this.edges(path.at(-1)!.target).map((edge) => [...path, edge]));
    }
    return found;
  }
}

const textOf = (path: Path) => path.map(({ text }) => text).join(" ");

/** The selection that goes along a path and selects `end` there, and `between` on the way. */
export function along(
  path: Path,
  end: (type: GraphQLNamedType) => Selection,
  between?: (type: GraphQLNamedType) => Selection,
): Selection {
  const [edge, ...rest] = path;
  if (!edge) return {};
  const below = rest.length === 0 ? end(edge.target) : along(rest, end, between);
  const beside = rest.length > 0 && between ? between(edge.target) : {};
  return { ...(edge.field ? {} : { __typename: true }), [edge.text]: mergeSelections(beside, below) };
}

/** Several paths that are asked for together. */
export interface Bundle {
  readonly paths: readonly Path[];
  readonly selection: Selection;
}

/**
 * Several paths as few selections, none with more than `size` of them and all of one length, so that none leads on where
 * another ends. Paths to different types of one interface stay apart: fields of one name may be of different types there.
 */
export function bundles(paths: readonly Path[], size: number, one: (path: Path) => Selection): Bundle[] {
  const groups = Map.groupBy(paths, ([first, ...rest]) => `${first?.field ? "" : first?.text} ${rest.length}`);
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / size) }, (_, index) => {
      const some = group.slice(index * size, (index + 1) * size);
      return { paths: some, selection: mergeSelections(...some.map(one)) };
    }),
  );
}

/** True for an object of plain values, which leads nowhere. */
function isFlat(type: GraphQLNamedType): boolean {
  return (
    isObjectType(type) &&
    !type.getFields().id &&
    Object.values(type.getFields()).every(
      (field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
    )
  );
}
