import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { ask } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { callerOf, changer, contactsSchema } from "../support.js";

const add = `mutation ($input: AddNoteInput!) { addNote(input: $input) { contact { id } } }`;
const block = `mutation ($input: BlockContactInput!) { blockContact(input: $input) { contact { id } userErrors { code } } }`;
const search = `query ($from: SearchContext!) { searchContacts(filter: { name: "symbol" }, context: $from, first: 50) {
  nodes { displayName symbols } } }`;

describe("symbols beside a name (F19)", () => {
  const db = useDatabase();
  const { change } = changer(db);
  const reader = (wish: ContextWish = {}) => callerOf(db, "contact:read", wish);

  before(async () => {
    const people = ["Aa", "Bb", "Cc"].map((firstName) => db.insertContact({ firstName, lastName: "Symbol" }));
    const [noted, blocked] = await Promise.all(people);
    for (const { opaqueId: contactId } of [noted!, blocked!]) await change(add, { contactId, text: "x" });
    const blocker = callerOf(db, "contact:read", "contact:write", "contact:block", { clearance: 2 });
    await change(block, { contactId: blocked!.opaqueId, reason: "x" }, blocker);
  });

  async function symbolsIn(from: string, context: OperationContext = reader()): Promise<Record<string, string[]>> {
    const { searchContacts } = await ask(await contactsSchema(), context, search, { from });
    const nodes = searchContacts.nodes as { displayName: string; symbols: string[] }[];
    return Object.fromEntries(nodes.map(({ displayName, symbols }) => [displayName, symbols]));
  }

  it("are shown to a search in sales, in their fixed order", async () => {
    expect(await symbolsIn("SALES")).to.deep.equal({
      "Aa Symbol": ["NOTE"],
      "Bb Symbol": ["NOTE", "BLOCKED"],
      "Cc Symbol": [],
    });
  });

  it("are shown nowhere else", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Other" });
    await change(add, { contactId: id, text: "x" });
    const { contact } = await ask(
      await contactsSchema(),
      reader(),
      "query ($id: ID!) { contact(id: $id) { symbols } }",
      {
        id,
      },
    );

    expect(contact.symbols).to.deep.equal([]);
    expect(Object.values(await symbolsIn("CONTACT_MODULE"))).to.deep.equal([[], [], []]);
  });

  it("tell nothing that is withheld", async () => {
    const without = (field: string) => reader({ raisedLevels: new Map([[`Contact.${field}`, 1]]) });

    expect((await symbolsIn("SALES", without("notes")))["Bb Symbol"]).to.deep.equal(["BLOCKED"]);
    expect((await symbolsIn("SALES", without("isBlocked")))["Bb Symbol"]).to.deep.equal(["NOTE"]);
    expect((await symbolsIn("SALES", without("symbols")))["Bb Symbol"]).to.equal(null);
  });
});
