import { type GraphQLSchema, getNamedType, isUnionType } from "graphql";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import type { ModuleName } from "../../src/platform/module.js";
import type { Examination } from "./examination.js";
import { Reads } from "./reads.js";
import { along, bundles, mergeSelections, printSelection, type Selection } from "./selections.js";
import type { Values } from "./values.js";
import { idsAbout } from "./values.js";

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
      for (const selection of this.#selectionsOf(type.name, isThorough)) {
        const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type.name} ${printSelection(selection)} } }`;
        const lists = this.#representations(type.name);
        for (const representations of isThorough ? lists : lists.slice(0, 1)) {
          await examination.read({ at: this.part, query, variables: { representations } });
        }
      }
    }
  }

  #selectionsOf(name: string, isThorough: boolean): Selection[] {
    const { selections } = this.#reads;
    const type = this.#schema.getType(name)!;
    const bare = selections.shortest(type).map((path) => along(path, (end) => selections.identity(end)));
    const full = bundles([...selections.shortest(type), ...(isThorough ? selections.longer(type) : [])], 6, (path) =>
      along(
        path,
        (end) => selections.values(end),
        (on) => selections.values(on),
      ),
    );
    return [
      selections.identity(type),
      selections.values(type),
      ...bare,
      ...full.map((each) => mergeSelections(selections.values(type), each)),
    ];
  }

  /** All at once, as a gateway asks; then one by one, so that one cannot hide behind another. */
  #representations(__typename: string): Record<string, unknown>[][] {
    const all = idsAbout([__typename]).map((id) => ({ __typename, id }));
    return [all, ...all.slice(2, 6).map((each) => [each]), all.map((each) => ({ ...each, ...claimed }))];
  }
}
