import { expect } from "chai";
import { buildSchema, type GraphQLSchema } from "graphql";
import { publicApi } from "../../src/gateway/supergraph.js";
import { isHeldWith, type Permission } from "../../src/platform/access/permissions.js";
import type { SubgraphSchema } from "../../src/platform/graphql/subgraph-schema.js";
import type { ModuleName } from "../../src/platform/module.js";
import { product } from "../../src/product.js";
import { rootFields } from "../schema/subgraphs.js";
import { isDeep } from "./chance.js";
import { Changes } from "./changes.js";
import { Entities } from "./entities.js";
import { Examination } from "./examination.js";
import { examineImports } from "./imports.js";
import { type Ask, Pair, settings } from "./pair.js";
import { light, Reads, thorough } from "./reads.js";
import { empty, permissionsOf } from "./settings.js";
import { examineStrangers, hiddenIds, strangers } from "./strangers.js";
import { firstIds, Values } from "./values.js";

/*
 * What is asked comes from the schemas themselves: a new field, argument, page, entity or mutation is asked for without
 * anyone naming it here. A type of which nobody has said what values or ids it takes makes these tests fail.
 */
describe("two databases that differ in what a caller may not see (F05, domain 7.1)", function () {
  this.timeout(isDeep ? 0 : 300_000);

  let pair: Pair;
  let api: GraphQLSchema;
  let reads: Reads;
  let changes: Changes;
  let values: Values;
  const subgraphs = new Map<ModuleName, SubgraphSchema>();
  const cases = settings.flatMap((setting) =>
    setting.askers.map((asker, index) => ({
      setting,
      asker,
      isThorough: index === 0 && setting.isThorough === true,
      examination: () => examinations.get(asker)!,
    })),
  );
  const examinations = new Map<unknown, Examination>();
  /** What shows most, of each root field. */
  const looks = new Map<unknown, readonly Ask[]>();

  before(async () => {
    for (const module of product.modules) subgraphs.set(module.name, await module.buildSubgraph());
    api = buildSchema(publicApi(new Map([...subgraphs].map(([name, { sdl }]) => [name, sdl]))));
    values = new Values(api);
    reads = new Reads(api, values);
    changes = new Changes(api, reads, values);
    pair = await Pair.start();
    for (const { setting, asker } of cases) examinations.set(asker, new Examination(pair, setting, asker));
  });
  after(() => pair?.stop());

  for (const { setting, asker, isThorough, examination } of cases) {
    it(`answer ${asker.name} the same, whatever is hidden ${setting.name}`, async () => {
      looks.set(asker, await reads.examine(examination(), isThorough ? thorough : light));
    });

    it(`answer ${asker.name} the same from each subgraph, whatever is hidden ${setting.name}`, async () => {
      for (const [name, { schema }] of subgraphs)
        await new Entities(name, schema, values).examine(examination(), isThorough);
    });
  }

  // the states of both databases go on from one to the next: reads come before
  for (const { setting, asker, isThorough, examination } of cases) {
    if ([...permissionsOf(asker)].some((permission) => permission.endsWith(":write")))
      it(`change the same for ${asker.name}, whatever is hidden ${setting.name}`, async () => {
        const hidden = await pair.hidden(setting);

        await changes.examine(examination(), looks.get(asker)!, isThorough ? 300 : 60);

        expect(await pair.hidden(setting)).to.equal(hidden);
      });

    if (permissionsOf(asker).has("import:run"))
      it(`import the same rows for ${asker.name}, whatever is hidden ${setting.name}`, async () => {
        await examineImports(pair, examination(), looks.get(asker)!);
      });
  }

  it("say of what is hidden what they say of what never was", async () => {
    const [{ setting, asker, examination }] = cases as [(typeof cases)[number]];
    const pairs = strangers(api, reads, values, hiddenIds, 12);
    expect(pairs.length, `${asker.name} ${setting.name}`).to.be.above(20);

    await examineStrangers(examination(), pairs);
  });

  it("say of what another institution has what they say of what never was (design 3)", async () => {
    // the first operator is the caller himself
    const pairs = strangers(api, reads, values, { ...firstIds, Operator: 2 }, 4);
    expect(pairs.length).to.be.above(100);

    await examineStrangers(new Examination(pair, empty, empty.askers[0]), pairs);
  });

  /** Root fields of duties that are complete: from who may ask for them, nobody is hidden. */
  function rootsOfTheCleared(): ReadonlySet<string> {
    const declared = [...subgraphs.values()].flatMap(({ declared: schema }) => rootFields(schema));
    const held = declared.filter(({ field }) => !isHeldWith(field.extensions.permission as Permission, 1));
    return new Set(held.map(({ field }) => field.name));
  }

  it("were asked for every root field, and answered with something", () => {
    const answered = new Set([...examinations.values()].flatMap((each) => [...each.answered]));
    const roots = [api.getQueryType(), api.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));
    const cleared = rootsOfTheCleared();
    const unanswered = roots.filter((name) => !answered.has(name) && !cleared.has(name));
    expect(unanswered, "give world.ts and values.ts what these can be answered with").to.deep.equal([]);
  });

  it("were asked with values for every type that the API takes", () => {
    expect([...values.unknown]).to.deep.equal([]);
  });
});
