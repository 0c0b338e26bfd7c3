import { type GraphQLSchema, getNamedType, isUnionType } from "graphql";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { ModuleName } from "../../src/platform/module.js";
import { isDeep } from "./chance.js";
import type { Examination } from "./examination.js";
import { Reads } from "./reads.js";
import { along, bundles, mergeSelections, printSelection, type Selection } from "./selections.js";
import type { Values } from "./values.js";
import { idsAbout } from "./values.js";

const pathsPerOperation = 6;

/** What nobody may take from a representation: only its key is to be trusted. */
const claimed = {
  confidentialityLevel: "FREE",
  institutionId: 101,
  contactId: encodeId("Contact", "102"),
  databaseId: "102",
};

/** What a subgraph answers to a gateway, or to somebody who reaches it in place of the gateway. */
export class Entities {
  readonly #reads: Reads;
  readonly #schema: GraphQLSchema;

  constructor(
    private readonly part: ModuleName,
    schema: GraphQLSchema,
    values: Values,
  ) {
    this.#schema = schema;
    this.#reads = new Reads(schema, values);
  }

  /** Every path from every entity, for entities that are seen and for those that are not. */
  async examine(examination: Examination, isThorough: boolean): Promise<void> {
    const union = getNamedType(this.#schema.getQueryType()!.getFields()._entities!.type);
    if (!isUnionType(union)) throw new Error(`${this.part} has no entities`);
    for (const type of union.getTypes()) {
      const [all, ...others] = this.#representations(type.name);
      const [bare, full] = this.#selectionsOf(type.name, isThorough);
      for (const selection of bare) await this.#ask(examination, type.name, selection, [all!]);
      for (const selection of full)
        await this.#ask(examination, type.name, selection, isThorough ? [all!, ...others] : [all!]);
    }
  }

  async #ask(
    examination: Examination,
    type: string,
    selection: Selection,
    lists: readonly Record<string, unknown>[][],
  ): Promise<void> {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type} ${printSelection(selection)} } }`;
    for (const representations of lists)
      await examination.read({ at: this.part, query, variables: { representations } });
  }

  /** The ids alone, and all that there is. */
  #selectionsOf(name: string, isThorough: boolean): readonly [bare: Selection[], full: Selection[]] {
    const { selections } = this.#reads;
    const type = this.#schema.getType(name)!;
    const shortest = selections.shortest(type);
    const bare = bundles(shortest, pathsPerOperation, (path) => along(path, (end) => selections.identity(end)));
    const paths = [...shortest, ...(isThorough ? selections.longer(type) : [])];
    const full = bundles(paths, pathsPerOperation, (path) =>
      along(
        path,
        (end) => selections.values(end),
        (on) => selections.values(on),
      ),
    );
    const own = selections.values(type);
    return [
      [selections.identity(type), ...bare.map(({ selection }) => selection)],
      [own, ...full.map(({ selection }) => mergeSelections(own, selection))],
    ];
  }

  /** All at once, as a gateway asks; some alone, so that one cannot hide behind another; and with what is not so. */
  #representations(__typename: string): Record<string, unknown>[][] {
    const all = idsAbout([__typename]).map((id) => ({ __typename, id }));
    return [
      all,
      ...all.slice(...(isDeep ? [2, 6] : [3, 4])).map((each) => [each]),
      all.map((each) => ({ ...each, ...claimed })),
    ];
  }
}
