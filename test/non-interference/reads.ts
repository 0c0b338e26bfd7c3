import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isLeafType,
} from "graphql";
import type { PartName } from "../../src/parts.js";
import { isSomething, mostTelling } from "./answers.js";
import { choices, isDeep, some } from "./chance.js";
import type { Examination } from "./examination.js";
import { Followed } from "./followed.js";
import { declare, literal, pass, rootOperation } from "./operations.js";
import type { Ask } from "./pair.js";
import {
  along,
  type Bundle,
  bundles,
  type Edge,
  mergeSelections,
  type OutputField,
  type Path,
  printSelection,
  type Selection,
  Selections,
} from "./selections.js";
import { argumentsOf, type Breadth, type Given, type Values } from "./values.js";

/** How much of the corpus is asked for. */
export interface Effort {
  readonly breadth: Breadth;
  /** Operations of each root field with other values. */
  readonly roots: number;
  /** Answers of each root field from which paths are followed. */
  readonly seeds: number;
  /** Whether the shortest path to each step is followed from every root field, rather than from one. */
  readonly isThorough: boolean;
  /** Operations of each field on the way that takes arguments. */
  readonly nested: number;
  /** Random ways through the graph, with random arguments on them. */
  readonly walks: number;
}

export const thorough: Effort = isDeep
  ? { breadth: { values: 200, pairs: 40 }, roots: 5_000, seeds: 6, isThorough: true, nested: 500, walks: 4_000 }
  : { breadth: { values: 60, pairs: 5 }, roots: 100, seeds: 2, isThorough: false, nested: 16, walks: 80 };
export const light: Effort = isDeep
  ? { breadth: { values: 200, pairs: 10 }, roots: 2_000, seeds: 3, isThorough: true, nested: 100, walks: 2_000 }
  : { breadth: { values: 60, pairs: 3 }, roots: 30, seeds: 1, isThorough: false, nested: 6, walks: 40 };

const narrow: Breadth = { values: 6, pairs: 2 };
const pathsPerOperation = 6;
const nestedPage = 12;
const mostPages = 6;
const longestWalk = 8;
const pagedAnswers = 12;

/** The corpus of reads that a schema gives: every root field, argument, page and path. */
export class Reads {
  readonly selections: Selections;
  readonly #roots: readonly OutputField[];
  readonly #anyOf = new Map<OutputField, readonly Given[]>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly values: Values,
  ) {
    this.selections = new Selections(schema, (field) => this.#requiredArguments(field));
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    // single objects first, because their paths are the shortest
    const isSingle = ({ type }: OutputField) => Boolean(this.selections.identity(getNamedType(type)).id);
    this.#roots = [...roots.filter(isSingle), ...roots.filter((root) => !isSingle(root))];
  }

  /** Compares all of it for one caller. @returns the operations whose answers say most, one for each root field */
  async examine(examination: Examination, effort: Effort): Promise<Ask[]> {
    const telling: Ask[] = [];
    const followed = { ids: new Followed(), values: new Followed() };
    for (const root of this.#roots) {
      const seeds = await this.#values(examination, root, effort);
      for (const given of seeds) {
        await this.#follow(examination, root, given, followed.ids, this.#ids(root, followed.ids));
        await this.#follow(examination, root, given, followed.values, this.#contents(root, followed.values, effort));
      }
      const [richest] = seeds;
      if (richest) telling.push(this.#ask(root, this.#probe(root), richest));
    }
    await this.#nestedArguments(examination, telling, effort);
    const walks = Array.from({ length: effort.walks }, (_, index) => this.#walk(index));
    await examination.readAll(walks);
    return telling;
  }

  /** A root field with all kinds of values. @returns those that were answered with something, the most telling first */
  async #values(examination: Examination, root: OutputField, { breadth, roots, seeds }: Effort): Promise<Given[]> {
    const about = this.about(root);
    const all = this.values.objects(root.name, argumentsOf(root), { ...breadth, about });
    const given = [...new Set([...all.slice(0, 2), ...some(root.name, all, roots)])];
    const probe = this.#probe(root);
    const bodies = await examination.readAll(given.map((each) => this.#ask(root, probe, each)));
    const found = bodies.flatMap(({ data, errors }, index) => {
      const answer = data?.[root.name];
      this.#rememberCursors(answer);
      return errors || !isSomething(answer)
        ? []
        : [{ given: given[index]!, answer, size: JSON.stringify(answer).length }];
    });
    for (const each of found.slice(0, pagedAnswers)) await this.#turnPages(examination, root, each.given, each.answer);
    const type = getNamedType(root.type);
    const kinds = isAbstractType(type) ? this.schema.getPossibleTypes(type).length : 1;
    return mostTelling(found, Math.max(seeds, kinds)).map((each) => each.given);
  }

  /** Every page behind an answer that has more, two items at a time. */
  async #turnPages(examination: Examination, root: OutputField, given: Given, answer: unknown): Promise<void> {
    if (!root.args.some(({ name }) => name === "after")) return;
    let { endCursor } = (answer as { pageInfo: { endCursor: string | null } }).pageInfo;
    for (let page = 0; page < mostPages && endCursor !== null; page++) {
      const { data } = await examination.read(
        this.#ask(root, this.#probe(root), { ...given, first: 1 + (page % 2), after: endCursor }),
      );
      const next = (data?.[root.name] as { pageInfo?: { endCursor: string | null } } | undefined)?.pageInfo;
      endCursor = next?.endCursor ?? null;
    }
  }

  #rememberCursors(answer: unknown): void {
    for (const [, cursor] of JSON.stringify(answer ?? null).matchAll(/"(?:cursor|endCursor)":"([^"]+)"/g))
      if (this.values.cursors.size < (isDeep ? 500 : 40)) this.values.cursors.add(cursor!);
  }

  async #follow(
    examination: Examination,
    root: OutputField,
    given: Given,
    followed: Followed,
    bundled: readonly Bundle[],
  ): Promise<void> {
    const bodies = await examination.readAll(bundled.map(({ selection }) => this.#ask(root, selection, given)));
    for (const [index, { data }] of bodies.entries()) followed.note(root, bundled[index]!, data?.[root.name]);
  }

  /** Of each object that is an entity the id alone, which its owner is not asked for. */
  #ids(root: OutputField, followed: Followed): Bundle[] {
    const { selections } = this;
    const type = getNamedType(root.type);
    const named = [...selections.shortest(type), ...selections.longer(type)].filter(
      (path) => selections.identity(path.at(-1)!.target).id && followed.isNew(root, path),
    );
    return bundles(named, pathsPerOperation, (path) => along(path, (end) => selections.identity(end)));
  }

  /** What stands at the end of each path. */
  #contents(root: OutputField, followed: Followed, { isThorough }: Effort): Bundle[] {
    const { selections } = this;
    const type = getNamedType(root.type);
    const isNew = (path: Path) => followed.isNew(root, path);
    const shortest = selections.shortest(type);
    const paths = [...(isThorough ? shortest : shortest.filter(isNew)), ...selections.longer(type).filter(isNew)];
    const between = isDeep ? (on: GraphQLNamedType) => selections.values(on) : undefined;
    return bundles(paths, pathsPerOperation, (path) => along(path, (end) => selections.values(end), between));
  }

  /** Arguments of fields on the way, each with its values, where the way to the field is the shortest of all. */
  async #nestedArguments(
    examination: Examination,
    telling: readonly Ask[],
    { breadth, nested }: Effort,
  ): Promise<void> {
    const nearest = new Map<OutputField, { root: OutputField; path: Path; ask: Ask }>();
    for (const ask of telling) {
      const root = this.#roots.find(({ name }) => new RegExp(`\\b${name}\\b`).test(ask.query))!;
      for (const path of this.selections.shortest(getNamedType(root.type))) {
        const last = path.at(-1)!.field?.field;
        if (!last || last.args.length === 0) continue;
        const known = nearest.get(last);
        if (!known || path.length < known.path.length) nearest.set(last, { root, path, ask });
      }
    }
    for (const [last, { root, path, ask }] of nearest) {
      const given = this.values.objects(last.name, argumentsOf(last), { ...narrow, values: breadth.values });
      const asks = some(last.name, given, nested);
      await examination.readAll(asks.map((each) => this.#nestedAsk(root, path, each, ask.variables)));
    }
  }

  #nestedAsk(root: OutputField, path: Path, given: Given, rootGiven: Given): Ask {
    const last = path.at(-1)!.field!.field;
    const nested = last.args.map(({ name }) => `nested_${name}`);
    const text = last.name + pass(last.args.map(({ name }) => [name, `nested_${name}`]));
    const varied: Path = [...path.slice(0, -1), { ...path.at(-1)!, text }];
    const { selections } = this;
    const selection = along(
      varied,
      (end) => this.#oneFurther(end),
      (on) => selections.values(on),
    );
    const declared = declare([...root.args, ...last.args], [...root.args.map(({ name }) => name), ...nested]);
    const passed = pass(root.args.map(({ name }) => [name, name]));
    const renamed = Object.fromEntries(Object.entries(given).map(([name, value]) => [`nested_${name}`, value]));
    return {
      at: "gateway",
      query: `query ${declared} { ${root.name}${passed} ${printSelection(selection)} }`,
      variables: { ...rootGiven, ...renamed },
    };
  }

  /** Types of which a field most likely takes ids: near what it answers, or named by it, as in `removeNote`. */
  about(field: OutputField): readonly string[] {
    const all = Object.keys(this.schema.getTypeMap());
    const named = all.filter((name) => field.name.toLowerCase().endsWith(name.toLowerCase()));
    return [...new Set([...named, ...this.selections.identified(getNamedType(field.type))])];
  }

  /** All that a root field answers, and up to two steps from there. */
  payload(root: OutputField): Selection | null {
    const { selections } = this;
    const type = getNamedType(root.type);
    if (isLeafType(type) || isAbstractType(type)) return this.#probe(root);
    const near = selections.shortest(type).filter((path) => path.length <= 2);
    const steps = near.map((path) => along(path, (end) => selections.values(end)));
    return mergeSelections(selections.values(type), ...steps);
  }

  /** A random way from a random root field, with random arguments. The same one for the same number and seed. */
  #walk(number: number): Ask {
    const choose = choices(`walk ${number}`);
    const root = choose(this.#roots);
    const variables: Record<string, unknown> = {};
    const declared: string[] = [];
    const argue = (field: OutputField): string => {
      const names = field.args.map(({ name }) => `v${declared.length}_${name}`);
      const any = choose(this.#anyValues(field));
      // pages in pages multiply what an operation may cost
      const given = declared.length > 0 && Number(any.first) > nestedPage ? { ...any, first: nestedPage } : any;
      for (const [index, { name }] of field.args.entries()) if (name in given) variables[names[index]!] = given[name];
      declared.push(declare(field.args, names).slice(1, -1));
      return field.name + pass(field.args.map(({ name }, index) => [name, names[index]!]));
    };
    const rootText = argue(root);
    const steps: Edge[] = [];
    let type: GraphQLNamedType = getNamedType(root.type);
    while (steps.length < longestWalk && this.selections.edges(type).length > 0) {
      const edge: Edge = choose(this.selections.edges(type));
      steps.push(edge.field ? { ...edge, text: argue(edge.field.field) } : edge);
      type = edge.target;
    }
    const { selections } = this;
    const way = along(
      steps,
      (end) => selections.values(end),
      (on) => choose([selections.values(on), selections.identity(on)]),
    );
    const selection =
      steps.length > 0 ? printSelection(way) : isLeafType(type) ? "" : printSelection(selections.values(type));
    const all = declared.filter((each) => each !== "").join(", ");
    return { at: "gateway", query: `query ${all && `(${all})`} { ${rootText} ${selection} }`, variables };
  }

  #anyValues(field: OutputField): readonly Given[] {
    const known = this.#anyOf.get(field);
    const about = this.about(field);
    const values = known ?? this.values.objects(field.name, argumentsOf(field), { values: 60, pairs: 5, about });
    this.#anyOf.set(field, values);
    return values;
  }

  /** What a type says itself, and what stands one step further. */
  #oneFurther(type: GraphQLNamedType): Selection {
    const { selections } = this;
    if (isAbstractType(type)) return selections.values(type);
    const steps = selections.edges(type).map((edge) => along([edge], (end) => selections.values(end)));
    return mergeSelections(selections.values(type), ...steps);
  }

  #probe(root: OutputField): Selection | null {
    const type = getNamedType(root.type);
    return isLeafType(type) ? null : this.#oneFurther(type);
  }

  #ask(root: OutputField, selection: Selection | null, given: Given, at: PartName = "gateway"): Ask {
    return rootOperation(at, "query", root, selection, given);
  }

  /** Of a field on the way: only what it needs. */
  #requiredArguments(field: OutputField): string {
    const inputs = argumentsOf(field).filter(({ isRequired }) => isRequired);
    if (inputs.length === 0) return "";
    const [given] = this.values.objects(field.name, inputs, { values: 1, pairs: 0 });
    // pages in pages multiply what an operation may cost
    const written = Object.entries({ ...given, ...(given?.first !== undefined && { first: nestedPage }) });
    const isEnum = (text: string) =>
      inputs.some(({ type }) => isEnumType(getNamedType(type)) && text === text.toUpperCase());
    return `(${written.map(([name, value]) => `${name}: ${literal(value, isEnum)}`).join(", ")})`;
  }
}
