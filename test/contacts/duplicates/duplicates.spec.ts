import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { ask, codesOf } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { ContactWish } from "../../support/rows.js";
import { setAddress } from "../operations.js";
import { callerOf, changer, contactsSchema } from "../support.js";

const query = `query ($id: ID!, $first: Int! = 20, $after: String) {
  possibleDuplicates(contactId: $id, first: $first, after: $after) {
    nodes { contact { id } reasons } pageInfo { hasNextPage endCursor } } }`;
const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) {
  contact { id } possibleDuplicates { contact { id } reasons } userErrors { code field } } }`;

const home = { kind: "MAIN", street1: "Rue de l'Évêché 5", postcode: "1003", town: "Lausanne", country: "CH" };

describe("possible duplicates (domain 3.7)", () => {
  const db = useDatabase();
  const { change, writer } = changer(db);
  const reader = (wish: ContextWish = {}) => callerOf(db, "contact:read", wish);

  async function insert(wish: ContactWish, address: object | null = home): Promise<string> {
    const { opaqueId } = await db.insertContact(wish);
    const context = writer({ clearance: 2 });
    if (address) await change(setAddress, { contactId: opaqueId, kind: "MAIN", ...address }, context);
    return opaqueId;
  }

  async function duplicatesOf(id: string, context: OperationContext = reader()): Promise<[string, string[]][]> {
    const { possibleDuplicates } = await ask(await contactsSchema(), context, query, { id });
    return possibleDuplicates.nodes.map((node: { contact: { id: string }; reasons: string[] }) => [
      node.contact.id,
      node.reasons,
    ]);
  }

  it("are people of the same role whose names sound alike at the same address", async () => {
    const id = await insert({ firstName: "Philippe", lastName: "Müller" });
    const alike = await insert(
      { firstName: "Phillip", lastName: "Mueller" },
      { ...home, street1: "rue de l’eveche 5", postcode: "10 03" },
    );
    for (const [wish, address] of [
      [{ firstName: "Philippe", lastName: "Muster" }, home],
      [{ firstName: "Anna", lastName: "Müller" }, home],
      [{ firstName: "Philippe", lastName: "Müller", roles: ["SUPPLIER"] }, home],
      [
        { firstName: "Philippe", lastName: "Müller" },
        { ...home, street1: "Rue de l'Évêché 6" },
      ],
      [
        { firstName: "Philippe", lastName: "Müller" },
        { ...home, postcode: "1004" },
      ],
      [
        { firstName: "Philippe", lastName: "Müller" },
        { ...home, country: "FR" },
      ],
      [{ firstName: "Philippe", lastName: "Müller" }, null],
      [{ firstName: "Philippe", lastName: "Müller", anonymizedAt: new Date(0) }, null],
    ] as const)
      await insert(wish as ContactWish, address);

    expect(await duplicatesOf(id)).to.deep.equal([[alike, ["NAME_AND_ADDRESS"]]]);
    expect(await duplicatesOf(alike)).to.deep.equal([[id, ["NAME_AND_ADDRESS"]]]);
  });

  it("compare only the first 35 characters of the street", async () => {
    const street = "Chemin de la Grande-Dorsale-du-Haut-Pays";
    const id = await insert({ firstName: "Léo", lastName: "Dorsal" }, { ...home, street1: `${street} 1` });
    const other = await insert({ firstName: "Leo", lastName: "Dorsal" }, { ...home, street1: `${street} 2` });

    expect(await duplicatesOf(id)).to.deep.equal([[other, ["NAME_AND_ADDRESS"]]]);
  });

  it("are structures of the same name at the same address, however it is written", async () => {
    const id = await insert({ structureName: "École du Lac", roles: [] });
    const other = await insert({ structureName: "ECOLE-DU-LAC", roles: [] });
    await insert({ structureName: "Ecole du Lacet", roles: [] });

    expect(await duplicatesOf(id)).to.deep.equal([[other, ["NAME_AND_ADDRESS"]]]);
  });

  it("share an e-mail address or a telephone number; those with most in common come first", async () => {
    const id = await insert({ lastName: "Xaver", email: "x@example.org", phone: "021 444 55 66" }, null);
    const byPhone = await insert({ lastName: "Yps", mobile: "+41 21 444 55 66" }, null);
    const byBoth = await insert({ lastName: "Zett", email: "X@example.org", phone: "0041214445566" }, null);

    expect(await duplicatesOf(id)).to.deep.equal([
      [byBoth, ["EMAIL", "PHONE"]],
      [byPhone, ["PHONE"]],
    ]);
  });

  it("are found by nothing that is hidden or withheld (F05)", async () => {
    const id = await insert({ firstName: "Ida", lastName: "Hidden", email: "ida@example.org", phone: "021 999 00 11" });
    await insert({ firstName: "Ida", lastName: "Hidden", email: "ida@example.org", level: 1 });
    const seen = await insert({
      firstName: "Ida",
      lastName: "Hidden",
      email: "ida@example.org",
      phone: "021 999 00 11",
    });
    const reasons = async (field: string) =>
      duplicatesOf(id, reader({ raisedLevels: new Map([[`Contact.${field}`, 1]]) }));

    expect(await duplicatesOf(id)).to.deep.equal([[seen, ["NAME_AND_ADDRESS", "EMAIL", "PHONE"]]]);
    expect(await duplicatesOf(id, reader({ clearance: 1 }))).to.have.lengthOf(2);
    for (const field of ["firstName", "addresses", "roles"])
      expect(await reasons(field), field).to.deep.equal([[seen, ["EMAIL", "PHONE"]]]);
    expect(await reasons("email")).to.deep.equal([[seen, ["NAME_AND_ADDRESS", "PHONE"]]]);
    expect(await reasons("mobile")).to.deep.equal([[seen, ["NAME_AND_ADDRESS", "EMAIL"]]]);
    const hidden = await insert({ lastName: "Own", level: 2 });
    expect(await duplicatesOf(hidden)).to.deep.equal([]);
    expect(await duplicatesOf("nonsense")).to.deep.equal([]);
  });

  it("come page by page, none twice", async () => {
    const ids = [];
    for (const _ of "abcde") ids.push(await insert({ lastName: "Page", email: "page@example.org" }, null));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { possibleDuplicates: page } = await ask(await contactsSchema(), reader(), query, {
        ...{ id: ids[0], first: 2, after },
      });
      seen.push(...page.nodes.map(({ contact }: { contact: { id: string } }) => contact.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).to.deep.equal(ids.slice(1));
    for (const variables of [{ first: 0 }, { after: "WyJhIiwieCJd" }])
      expect(await codesOf(await contactsSchema(), reader(), query, { id: ids[0], ...variables })).to.deep.equal([
        "BAD_USER_INPUT",
      ]);
  });

  describe("at the creation of a contact (F01)", () => {
    const draft = { type: "INDIVIDUAL", firstName: "Nora", lastName: "Neuwirth", email: "nora@example.org" };

    it("stop it and are answered as data; told to, it goes on", async () => {
      const first = await change(create, { ...draft, addresses: [home], phone: "021 333 22 11" });
      expect(first.possibleDuplicates).to.deep.equal([]);
      const again = { ...draft, lastName: "Neuwirt", addresses: [home], mobile: "+41213332211" };

      const stopped = await change(create, { ...again, idempotencyKey: "n-1" });
      expect(stopped).to.deep.equal({
        contact: null,
        possibleDuplicates: [{ contact: first.contact, reasons: ["NAME_AND_ADDRESS", "EMAIL", "PHONE"] }],
        userErrors: [{ code: "POSSIBLE_DUPLICATE", field: [] }],
      });

      const told = { ...again, createDespiteDuplicates: true, idempotencyKey: "n-1" };
      const made = await change(create, told);
      expect(made.userErrors).to.deep.equal([]);
      expect((await change(create, told)).contact).to.deep.equal(made.contact);
    });

    it("take the institution's country for an address without one", async () => {
      const { country: _, ...inland } = home;
      const input = { ...draft, lastName: "Inland", email: null, addresses: [inland] };
      await change(create, input);

      expect((await change(create, input)).userErrors).to.have.lengthOf(1);
    });

    it("do not count when they are hidden: it is made as if they were not there (F05)", async () => {
      await insert({ firstName: "Otto", lastName: "Obscur", email: "otto@example.org", level: 2 });

      const input = { ...draft, firstName: "Otto", lastName: "Obscur", email: "otto@example.org", addresses: [home] };
      const made = await change(create, input);

      expect([made.contact === null, made.possibleDuplicates, made.userErrors]).to.deep.equal([false, [], []]);
    });
  });

  for (const [name, sound] of Object.entries({
    Robert: "r163",
    Rupert: "r163",
    Rubin: "r150",
    Ashcraft: "a261",
    Tymczak: "t522",
    Pfister: "p236",
    Honeyman: "h555",
    Müller: "m460",
    Lee: "l000",
    "de la Cruz": "d426",
    Иванов: "иванов",
  }))
    it(`hear ${name} as ${sound}`, async () => {
      const { rows } = await db.owner.query("SELECT contacts.name_sound($1) AS sound", [name]);
      expect(rows[0].sound).to.equal(sound);
    });
});
