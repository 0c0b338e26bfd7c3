import { expect } from "chai";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { create, setAddress, update } from "../operations.js";
import { changer } from "../support.js";
import { searcher } from "./searcher.js";

describe("the advanced search (Q-28)", () => {
  const db = useDatabase();
  const { namesOf, search, reader, refusalsOf } = searcher(db);
  const { change } = changer(db);

  async function livingIn(lastName: string, postcode: string, town: string, more: object = {}): Promise<string> {
    const { opaqueId } = await db.insertContact({ lastName, ...more });
    await change(setAddress, { contactId: opaqueId, kind: "MAIN", postcode, town });
    return opaqueId;
  }

  it("joins what is given: post code, town, roles, type, birth date, beginning of the e-mail address", async () => {
    await livingIn("Aa", "1003", "Lausanne", { birthDate: "1980-02-29", email: "aa@example.org" });
    await livingIn("Bb", "1004", "Lausanne", { roles: ["PARTNER"] });
    await livingIn("Cc", "SW1A 2AA", "Genève");
    await db.insertContact({ structureName: "Dd", roles: ["PARTNER", "PRODUCER"] });

    const expected: [object, string[]][] = [
      [{ town: "lausanne" }, ["Aa", "Bb"]],
      [{ town: "LAU", postcode: "1003" }, ["Aa"]],
      [{ postcode: "100" }, ["Aa", "Bb"]],
      [{ postcode: "sw1a2" }, ["Cc"]],
      [{ town: "geneve", postcode: "1003" }, []],
      [{ roles: ["PARTNER"] }, ["Bb", "Dd"]],
      [{ roles: ["PARTNER", "PUBLIC"], type: "INDIVIDUAL" }, ["Aa", "Bb", "Cc"]],
      [{ type: "STRUCTURE", roles: ["PRODUCER"] }, ["Dd"]],
      [{ birthDate: "1980-02-29" }, ["Aa"]],
      [{ email: "AA@ex" }, ["Aa"]],
      [{ text: "aa", town: "lausanne" }, ["Aa"]],
      [{ text: "lausanne", name: "aa" }, []],
      [{ text: "aa@example.org", name: "a" }, ["Aa"]],
    ];
    for (const [filter, names] of expected) {
      const { nodes, totalCount } = await search(filter);
      expect(
        nodes.map(({ displayName }) => displayName),
        JSON.stringify(filter),
      ).to.deep.equal(names);
      expect(totalCount, JSON.stringify(filter)).to.equal(names.length);
    }
  });

  it("asks of one address both post code and town", async () => {
    const id = await livingIn("Ee", "2000", "Neuchâtel");
    await change(setAddress, { contactId: id, kind: "INVOICE", postcode: "3000", town: "Bern" });

    expect(await namesOf({ postcode: "3000", town: "bern" })).to.deep.equal(["Ee"]);
    expect(await namesOf({ postcode: "3000", town: "neuchatel" })).to.deep.equal([]);
  });

  it("filters by nothing that is withheld", async () => {
    const withheld: [string, object][] = [
      ["phone", { phone: "021 555 66 77" }],
      ["mobile", { phone: "021 555 66 77" }],
      ["addresses", { postcode: "1003" }],
      ["addresses", { town: "Lausanne" }],
      ["roles", { roles: ["PUBLIC"] }],
      ["birthDate", { birthDate: "1980-02-29" }],
    ];
    await db.insertContact({ lastName: "Ff", phone: "021 555 66 77" });
    for (const [field, filter] of withheld) {
      const wish: ContextWish = { raisedLevels: new Map([[`Contact.${field}`, 1]]) };
      expect(await refusalsOf(filter, reader(wish)), field).to.deep.equal(["FIELD_NOT_AVAILABLE"]);
    }
    const wish: ContextWish = { raisedLevels: new Map([["Contact.mobile", 1]]) };
    expect(await namesOf({ text: "021 555 66 77" }, reader(wish))).to.deep.equal([]);
    expect(await namesOf({ text: "021 555 66 77" })).to.deep.equal(["Ff"]);
  });

  it("knows names and numbers as soon as they are written, and no longer when they are gone", async () => {
    const made = await change(create, {
      type: "INDIVIDUAL",
      ...{ lastName: "Gantenbein", firstName: "Theo", phone: "021 555 00 11" },
    });
    expect(await namesOf({ text: "gantenbien" })).to.deep.equal(["Theo Gantenbein"]);
    expect(await namesOf({ text: "+41 21 555 00 11" })).to.deep.equal(["Theo Gantenbein"]);

    const { id, version } = made.contact;
    await change(update, { id, version, lastName: "Hortensius", phone: "+49 30 555 00 11" });

    expect(await namesOf({ text: "gantenbein" })).to.deep.equal([]);
    expect(await namesOf({ text: "hortensisu theo" })).to.deep.equal(["Theo Hortensius"]);
    expect(await namesOf({ text: "021 555 00 11" })).to.deep.equal([]);
    expect(await namesOf({ text: "0049305550011" })).to.deep.equal(["Theo Hortensius"]);
    const { rows } = await db.owner.query("SELECT word FROM contacts.contact_word WHERE word LIKE 'gant%'");
    expect(rows).to.deep.equal([]);
  });
});
