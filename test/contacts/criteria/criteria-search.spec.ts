import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { ask, codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";
import { insertDefinitions, insertHeld } from "./criteria.js";

const query = `query ($filter: ContactFilter!) {
  searchContacts(filter: $filter, first: 20) { totalCount nodes { id } } }`;

describe("searching contacts by criteria", () => {
  const db = useDatabase();
  const names: Record<string, string> = {};

  before(async () => {
    const ids = await insertDefinitions(db, [
      { code: "INTEREST", kind: "MULTI_LIST", values: { OPERA: {}, BALLET: {}, JAZZ: { isActive: false } } },
      { code: "VIP", kind: "YES_NO" },
      { code: "NOTE", kind: "FREE_TEXT" },
      { code: "RISK", kind: "YES_NO", level: 1 },
    ]);
    const contact = async (name: string, level: Clearance, held: Record<string, string[]>) => {
      const { id, opaqueId } = await db.insertContact({ lastName: name, level });
      names[opaqueId] = name;
      for (const [code, codes] of Object.entries(held)) await insertHeld(db, id, ids[code]!, { codes });
    };
    await contact("Opera", 0, { INTEREST: ["OPERA"], RISK: ["TRUE"] });
    await contact("Both", 0, { INTEREST: ["OPERA", "BALLET"], VIP: ["TRUE"] });
    await contact("Jazz", 0, { INTEREST: ["JAZZ"], VIP: ["FALSE"] });
    await contact("None", 0, {});
    await contact("Hidden", 2, { INTEREST: ["OPERA"], VIP: ["TRUE"] });
  });

  async function found(filter: object, wish: ContextWish = {}): Promise<string[]> {
    const { searchContacts } = await ask(await contactsSchema(), callerOf(db, "contact:read", wish), query, { filter });
    expect(searchContacts.totalCount).to.equal(searchContacts.nodes.length);
    return searchContacts.nodes.map(({ id }: { id: string }) => names[id]).sort();
  }
  const refused = async (criteria: object[], wish: ContextWish = {}) =>
    codesOf(await contactsSchema(), callerOf(db, "contact:read", wish), query, { filter: { criteria } });

  it("finds those with any of the values, once each, also of a value out of use", async () => {
    expect(await found({ criteria: [{ code: "INTEREST", values: ["OPERA", "BALLET"] }] })).to.deep.equal([
      "Both",
      "Opera",
    ]);
    expect(await found({ criteria: [{ code: "INTEREST", values: ["JAZZ"] }] })).to.deep.equal(["Jazz"]);
  });

  it("finds those that fit all criteria, and the rest of the filter", async () => {
    const criteria = [
      { code: "INTEREST", values: ["OPERA", "JAZZ"] },
      { code: "VIP", values: ["TRUE", "FALSE"] },
    ];

    expect(await found({ criteria })).to.deep.equal(["Both", "Jazz"]);
    expect(await found({ criteria, name: "bo" })).to.deep.equal(["Both"]);
    expect(await found({ criteria, type: "STRUCTURE" })).to.deep.equal([]);
  });

  it("neither finds nor counts contacts above the caller's clearance (F05)", async () => {
    const filter = { criteria: [{ code: "VIP", values: ["TRUE"] }] };

    expect(await found(filter, { clearance: 1 })).to.deep.equal(["Both"]);
    expect(await found(filter, { clearance: 2 })).to.deep.equal(["Both", "Hidden"]);
  });

  it("never asks for what is withheld, as a whole or by the criterion's own level", async () => {
    const risk = [{ code: "RISK", values: ["TRUE"] }];
    const raisedLevels = new Map<string, Clearance>([["Contact.criteria", 2]]);

    expect(await refused(risk)).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
    expect(await found({ criteria: risk }, { clearance: 1 })).to.deep.equal(["Opera"]);
    expect(await refused(risk, { clearance: 1, raisedLevels })).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
  });

  it("refuses criteria and codes that there are not, free texts (F17), and lists without end", async () => {
    const bad = ["BAD_USER_INPUT"];
    const many = Array.from({ length: 101 }, () => "OPERA");

    expect(await refused([{ code: "NOTHING", values: ["A"] }])).to.deep.equal(bad);
    expect(await refused([{ code: "INTEREST", values: ["Opera"] }])).to.deep.equal(bad);
    expect(await refused([{ code: "INTEREST", values: ["\0"] }])).to.deep.equal(bad);
    expect(await refused([{ code: "VIP", values: ["T"] }])).to.deep.equal(bad);
    expect(await refused([{ code: "NOTE", values: ["x"] }])).to.deep.equal(bad);
    expect(await refused([{ code: "INTEREST", values: [] }])).to.deep.equal(bad);
    expect(await refused([{ code: "INTEREST", values: many }])).to.deep.equal(bad);
    expect(await refused(many.slice(0, 21).map(() => ({ code: "VIP", values: ["TRUE"] })))).to.deep.equal(bad);
  });

  it("knows for internet users only what is visible on the internet", async () => {
    const { id, opaqueId } = await db.insertContact();
    const wish = { kind: "CONTACT", login: opaqueId, ownContactId: id } as const;

    expect(await refused([{ code: "VIP", values: ["TRUE"] }], wish)).to.deep.equal(["BAD_USER_INPUT"]);
  });
});
