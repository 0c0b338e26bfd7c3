import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { queueMail } from "../../../src/platform/mail/index.js";
import { ask } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";

const query = `query ($id: ID!, $after: String) { contact(id: $id) {
  mails(first: 2, after: $after) { nodes { kind status createdAt endedAt } pageInfo { hasNextPage endCursor } } } }`;

describe("mails to a contact", () => {
  const db = useDatabase();

  const read = async (id: string, after: string | null = null, wish = {}) => {
    const { contact } = await ask(await contactsSchema(), callerOf(db, "contact:read", wish), query, { id, after });
    return contact.mails;
  };
  const queue = (contactId: string) =>
    db.context.transaction((sql) => queueMail(sql, { template: "PRIVACY_INFORMATION", contactId, locale: "en" }));

  it("show what became of them, newest first, in pages", async () => {
    const { id: contactId, opaqueId } = await db.insertContact();
    const ids = [await queue(contactId), await queue(contactId), await queue(contactId)];
    await queue((await db.insertContact()).id);
    const endedAt = "2026-03-10T10:00:00.000Z";
    await db.owner.query("UPDATE platform.mail SET mail_status = 'SENT', ended_at = $2 WHERE id = $1", [
      ids[1],
      endedAt,
    ]);

    const first = await read(opaqueId);
    const second = await read(opaqueId, first.pageInfo.endCursor);

    const mail = { kind: "PRIVACY_INFORMATION", createdAt: db.clock.now().toISOString() };
    const queued = { ...mail, status: "QUEUED", endedAt: null };
    expect(first.nodes).to.deep.equal([queued, { ...mail, status: "SENT", endedAt }]);
    expect([second.nodes, second.pageInfo.hasNextPage]).to.deep.equal([[queued], false]);
  });

  it("are withheld with their field (ring 4)", async () => {
    const { id: contactId, opaqueId } = await db.insertContact();
    await queue(contactId);

    const raisedLevels = new Map<string, Clearance>([["Contact.mails", 1]]);

    expect(await read(opaqueId, null, { raisedLevels })).to.equal(null);
  });
});
