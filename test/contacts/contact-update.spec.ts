import { expect } from "chai";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { useDatabase } from "../support/database.js";
import { update } from "./operations.js";
import { auditOf, changer } from "./support.js";

describe("updateContact", () => {
  const db = useDatabase();
  const { writer, change, problemsOf } = changer(db);

  it("changes what is given, clears what is null, keeps the rest, and counts the version up", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Alt", email: "a@example.org", phone: "021 1" });

    const { contact } = await change(update, { id, version: 1, lastName: "Neu", email: null });

    expect(contact).to.deep.equal({ version: 2, lastName: "Neu", email: null, phone: "021 1" });
  });

  it("keeps version and audit when nothing differs", async () => {
    const { id, opaqueId } = await db.insertContact({ lastName: "Gleich" });

    const { contact } = await change(update, { id: opaqueId, version: 1, lastName: "Gleich " });

    expect(contact.version).to.equal(1);
    expect(await auditOf(db, id)).to.deep.equal([]);
  });

  it("refuses a change that is based on another version: two operators do not overwrite each other", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Zwei" });

    const answers = await Promise.all(
      ["A", "B"].map((firstName) => change(update, { id, version: 1, lastName: `Zwei${firstName}` })),
    );

    expect(answers.map(({ userErrors }) => userErrors.length).sort()).to.deep.equal([0, 1]);
    expect(await problemsOf(update, { id, version: 1, lastName: "Drei" })).to.deep.equal(["VERSION_CONFLICT version"]);
  });

  it("keeps the name that the type needs, and refuses an empty change", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Name" });

    expect(await problemsOf(update, { id, version: 1, lastName: " " })).to.deep.equal(["FIELD_REQUIRED lastName"]);
    expect(await problemsOf(update, { id, version: 1 })).to.deep.equal(["NOTHING_TO_CHANGE"]);
    expect(await problemsOf(update, { id, version: 1, structureName: "X" })).to.deep.equal([
      "FIELD_NOT_APPLICABLE structureName",
    ]);
  });

  it("audits each changed field once, with who, how, old and new (F27)", async () => {
    const { id, opaqueId } = await db.insertContact({ lastName: "Vor", phone: "021 1" });

    await change(update, { id: opaqueId, version: 1, lastName: "Nach", phone: "021 1", birthDate: "1990-02-03" });

    const common = { entity: "Contact", key: null, actor: "op-7", source: "OPERATOR" };
    expect(await auditOf(db, id)).to.deep.equal([
      { ...common, field: "lastName", old: "Vor", new: "Nach" },
      { ...common, field: "birthDate", old: null, new: "1990-02-03" },
    ]);
  });

  it("refuses to write a withheld field, whatever its value is", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Blind", email: "blind@example.org" });
    const context = writer({ raisedLevels: new Map<string, Clearance>([["Contact.email", 1]]) });

    for (const email of ["blind@example.org", "other@example.org", null]) {
      expect(await problemsOf(update, { id, version: 1, email }, context)).to.deep.equal(["FIELD_NOT_AVAILABLE email"]);
    }
  });
});
