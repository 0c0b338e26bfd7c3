import { expect } from "chai";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { auditOf, callerOf, changer, contactsSchema } from "../support.js";

const errors = `userErrors { code field message elementIndex }`;
const answer = `contact { version hasNotes } legalNotice { code } ${errors}`;
const note = `note { id text createdAt createdBy updatedAt updatedBy }`;
const add = `mutation ($input: AddNoteInput!) { addNote(input: $input) { ${note} ${answer} } }`;
const update = `mutation ($input: UpdateNoteInput!) { updateNote(input: $input) { ${note} ${answer} } }`;
const remove = `mutation ($input: RemoveNoteInput!) { removeNote(input: $input) { contact { version hasNotes } ${errors} } }`;
const read = `query ($id: ID!, $first: Int! = 10, $after: String) { contact(id: $id) { hasNotes
  notes(first: $first, after: $after) { nodes { text } pageInfo { hasNextPage endCursor } } } }`;

describe("notes (F16, F18)", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);
  const added = async (contactId: string, text = "A note", context = writer()) =>
    (await change(add, { contactId, text }, context)).note.id as string;
  const shown = async (id: string, variables = {}, context = db.context) =>
    (await ask(await contactsSchema(), context, read, { id, ...variables })).contact;

  it("are written with a notice, and mark the contact", async () => {
    const { id, opaqueId: contactId } = await db.insertContact();

    const written = await change(add, { contactId, text: " First line\nsecond " });

    expect(written.note).to.deep.include({
      text: "First line\nsecond",
      createdAt: db.clock.now().toISOString(),
      createdBy: "op-7",
      updatedAt: null,
    });
    expect(written.contact).to.deep.equal({ version: 2, hasNotes: true });
    expect(written.legalNotice).to.deep.equal({ code: "FREE_TEXT_CONTENT" });
    expect((await auditOf(db, id)).map(({ entity, field, new: now }) => [entity, field, now])).to.deep.equal([
      ["Note", "text", "First line\nsecond"],
    ]);
  });

  it("are changed, with a notice and both texts in the audit; the same text changes nothing", async () => {
    const { id, opaqueId } = await db.insertContact();
    const noteId = await added(opaqueId, "before");

    const changed = await change(update, { id: noteId, text: "after" }, writer({ login: "op-8" }));
    const again = await change(update, { id: noteId, text: "after" });

    expect(changed.note).to.deep.include({ text: "after", createdBy: "op-7", updatedBy: "op-8" });
    expect(changed.legalNotice).to.deep.equal({ code: "FREE_TEXT_CONTENT" });
    expect(again.contact).to.deep.equal(changed.contact);
    expect((await auditOf(db, id)).map(({ old, new: now }) => [old, now])).to.deep.equal([
      [null, "before"],
      ["before", "after"],
    ]);
  });

  it("are changed and removed on the version of the contact that was read, so that nobody overwrites another", async () => {
    const { opaqueId } = await db.insertContact();
    const id = await added(opaqueId, "before");
    const { contact } = await change(update, { id, text: "mine", version: 2 });

    const late = await change(update, { id, text: "theirs", version: 2 }, writer({ login: "op-8" }));
    const removed = await change(remove, { id, version: 2 });

    expect(contact.version).to.equal(3);
    for (const { userErrors } of [late, removed]) {
      expect(userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(["VERSION_CONFLICT"]);
    }
    expect((await shown(opaqueId)).notes.nodes).to.deep.equal([{ text: "mine" }]);
    expect((await change(remove, { id, version: 3 })).userErrors).to.deep.equal([]);
  });

  it("unmark the contact when the last one is removed", async () => {
    const { opaqueId } = await db.insertContact();
    const ids = [await added(opaqueId), await added(opaqueId)];

    expect((await change(remove, { id: ids[0] })).contact.hasNotes).to.equal(true);
    expect((await change(remove, { id: ids[1] })).contact.hasNotes).to.equal(false);
    expect(await problemsOf(remove, { id: ids[1] })).to.deep.equal(["NOTE_NOT_FOUND id"]);
  });

  it("are not what a remark is", async () => {
    const { id, opaqueId } = await db.insertContact();
    await db.owner.query("UPDATE contacts.contact SET remark = 'A remark' WHERE id = $1", [id]);

    expect((await shown(opaqueId)).hasNotes).to.equal(false);
  });

  it("are listed page by page, the newest first", async () => {
    const { opaqueId } = await db.insertContact();
    for (const text of ["1", "2", "3", "4", "5"]) await added(opaqueId, text);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { notes } = await shown(opaqueId, { first: 2, after });
      seen.push(...notes.nodes.map(({ text }: { text: string }) => text));
      after = notes.pageInfo.hasNextPage ? notes.pageInfo.endCursor : null;
    } while (after);

    expect(seen).to.deep.equal(["5", "4", "3", "2", "1"]);
    const wrong = { id: opaqueId, after: Buffer.from(`["x"]`).toString("base64url") };
    expect(await codesOf(await contactsSchema(), db.context, read, wrong)).to.deep.equal(["BAD_USER_INPUT"]);
  });

  it("hold some text, not too long, without invisible characters", async () => {
    const { opaqueId: contactId } = await db.insertContact();

    expect(await problemsOf(add, { contactId, text: " \n" })).to.deep.equal(["FIELD_REQUIRED text"]);
    expect(await problemsOf(add, { contactId, text: "x".repeat(4_001) })).to.deep.equal(["VALUE_TOO_LONG text"]);
    expect(await problemsOf(add, { contactId, text: "a\u0000" })).to.deep.equal(["INVALID_CHARACTERS text"]);
  });

  it("neither show, mark nor change when they are withheld (F18)", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const id = await added(contactId);
    const raised = writer({ raisedLevels: new Map([["Contact.notes", 1]]) });

    expect(await shown(contactId, {}, raised)).to.deep.equal({ hasNotes: null, notes: null });
    expect(await problemsOf(add, { contactId, text: "x" }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE text"]);
    expect(await problemsOf(update, { id, text: "x" }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE text"]);
    expect(await problemsOf(remove, { id }, raised)).to.deep.equal(["FIELD_NOT_AVAILABLE id"]);
  });

  it("of an invisible contact are as unknown as those that there are not (F05)", async () => {
    const { opaqueId: contactId } = await db.insertContact({ level: 1 });
    const hidden = await added(contactId, "hidden", writer({ clearance: 1 }));
    const unknown = (type: string) => Buffer.from(`${type}:999999999`).toString("base64url");

    for (const [mutation, more] of [
      [update, { text: "x" }],
      [remove, {}],
    ] as const) {
      const refused = await change(mutation, { id: hidden, ...more });
      expect(refused).to.deep.equal(await change(mutation, { id: unknown("Note"), ...more }));
      expect(refused.userErrors[0].code).to.equal("NOTE_NOT_FOUND");
    }
    expect(await change(add, { contactId, text: "x" })).to.deep.equal(
      await change(add, { contactId: unknown("Contact"), text: "x" }),
    );
  });

  it("make one note for one idempotency key", async () => {
    const { opaqueId: contactId } = await db.insertContact();
    const input = { contactId, text: "once", idempotencyKey: "note-1" };

    const [one, two] = [await change(add, input), await change(add, input)];

    expect(two.note).to.deep.equal(one.note);
    expect(await codesOf(await contactsSchema(), callerOf(db, "contact:read"), add, { input })).to.deep.equal([
      "FORBIDDEN",
    ]);
  });
});
