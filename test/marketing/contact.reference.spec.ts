import { expect } from "chai";
import { selectMarketing } from "../../src/marketing/contact.sql.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { useDatabase } from "../support/database.js";
import { withoutPolicies } from "../support/without-policies.js";
import { ask, contactsOf, contextOf } from "./graph.js";

const codes = ["INSTITUTION_EMAIL", "THIRD_PARTY_TRANSFER", "PARTNER_COMMUNICATION", "EMAIL", "SMS", "PHONE", "LETTER"];

describe("marketing's part of a contact", () => {
  const db = useDatabase();

  it("has the seven authorizations in their order, EMPTY at first, and no bounce", async () => {
    const { opaqueId } = await db.insertContact();

    const [contact] = await contactsOf(contextOf(db, "contact:read"), [opaqueId]);

    expect(contact).to.deep.equal({
      id: opaqueId,
      authorizations: codes.map((code) => ({ code, value: "EMPTY" })),
      bounceStatus: "NONE",
    });
  });

  it("tells TRUE, FALSE and EMPTY apart, and the three bounce states", async () => {
    const { id, opaqueId } = await db.insertContact();
    const context = () => contextOf(db, "contact:read");

    for (const [stored, status] of [
      [1, "SOFT"],
      [2, "HARD"],
    ] as const) {
      await db.owner.query(
        "UPDATE marketing.contact_marketing SET sms = true, letter = false, bounce_status = $2 WHERE contact_id = $1",
        [id, stored],
      );
      const [contact] = await contactsOf(context(), [opaqueId]);

      expect(contact?.authorizations?.map(({ value }) => value).join()).to.equal(
        "EMPTY,EMPTY,EMPTY,EMPTY,TRUE,EMPTY,FALSE",
      );
      expect(contact?.bounceStatus).to.equal(status);
    }
  });

  it("has no authorizations for a structure: an empty list (F33)", async () => {
    const { opaqueId } = await db.insertContact({ structureName: "Lycée" });

    const [contact] = await contactsOf(contextOf(db, "contact:read"), [opaqueId]);

    expect(contact?.authorizations).to.deep.equal([]);
  });

  it("has nothing for an anonymized contact", async () => {
    const { opaqueId } = await db.insertContact({ anonymizedAt: db.clock.now() });

    const [contact] = await contactsOf(contextOf(db, "contact:read"), [opaqueId]);

    expect(contact).to.deep.equal({ id: opaqueId, authorizations: null, bounceStatus: null });
  });

  it("does not exist above the caller's clearance, and is answered like an unknown id (F05)", async () => {
    for (const level of [0, 1, 2] as const satisfies Clearance[]) {
      const { opaqueId } = await db.insertContact({ level });
      for (const clearance of [0, 1, 2] as const) {
        const [contact] = await contactsOf(contextOf(db, "contact:read", { clearance }), [opaqueId]);

        expect(contact === null, `level ${level}, clearance ${clearance}`).to.equal(clearance < level);
      }
    }
  });

  it("is hidden by the statement itself, where no policy would (F05)", async () => {
    const seen = await db.insertContact();
    const hidden = await db.insertContact({ level: 1 });
    const foreign = await db.insertContact({ institution: await db.institution() });

    const rows = await withoutPolicies(db, 0, (sql) => selectMarketing(sql, [seen.id, hidden.id, foreign.id]));

    expect(rows.map(({ id }) => id)).to.deep.equal([seen.id]);
  });

  it("is null for ids that are none, of another type, unknown, or of another institution", async () => {
    const foreign = await db.insertContact({ institution: await db.institution() });
    const { opaqueId, id } = await db.insertContact();

    const contacts = await contactsOf(contextOf(db, "contact:read", { clearance: 2 }), [
      "x",
      encodeId("Order", id),
      encodeId("Contact", "999999999"),
      foreign.opaqueId,
      opaqueId,
    ]);

    expect(contacts.map((contact) => contact?.id ?? null)).to.deep.equal([null, null, null, null, opaqueId]);
  });

  it("shows an internet user his own file alone", async () => {
    const own = await db.insertContact({ level: 2 });
    const other = await db.insertContact();
    const context = contextOf(db, "contact:read", { kind: "CONTACT", clearance: 2, ownContactId: own.id });

    const contacts = await contactsOf(context, [own.opaqueId, other.opaqueId]);

    expect(contacts.map((contact) => contact?.id ?? null)).to.deep.equal([own.opaqueId, null]);
  });

  it("trusts nothing in a representation but the key", async () => {
    const { opaqueId } = await db.insertContact({ level: 1 });
    const representation = { __typename: "Contact", id: opaqueId, bounceStatus: "HARD", confidentialityLevel: "FREE" };

    const { data } = await ask(
      contextOf(db, "contact:read"),
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { bounceStatus } } }",
      { r: [representation] },
    );

    expect(data).to.deep.equal({ _entities: [null] });
  });

  it("takes the permission contact:read, which empties its own entity only", async () => {
    const { opaqueId } = await db.insertContact();

    const { data, errors } = await ask(
      contextOf(db, "audit:read"),
      "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { id } } }",
      { r: [{ __typename: "Contact", id: opaqueId }] },
    );

    expect(data).to.deep.equal({ _entities: [null] });
    expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN", permission: "contact:read" });
  });

  it("withholds fields that the institution raised above the caller's clearance (ring 4)", async () => {
    const { opaqueId } = await db.insertContact();
    const raisedLevels = new Map([["Contact.authorizations", 1 as const]]);

    const [below] = await contactsOf(contextOf(db, "contact:read", { raisedLevels }), [opaqueId]);
    const [above] = await contactsOf(contextOf(db, "contact:read", { raisedLevels, clearance: 1 }), [opaqueId]);

    expect(below).to.deep.equal({ id: opaqueId, authorizations: null, bounceStatus: "NONE" });
    expect(above?.authorizations).to.have.length(7);
  });

  it("answers any number of contacts, also the same one twice, with one statement", async () => {
    const contacts = await Promise.all(Array.from({ length: 5 }, () => db.insertContact()));
    const ids = contacts.map(({ opaqueId }) => opaqueId);
    const context = contextOf(db, "contact:read");
    const statements: string[] = [];
    const query = context.db.query.bind(context.db);
    context.db.query = (text, values) => {
      statements.push(text);
      return query(text, values);
    };

    const answered = await contactsOf(context, [...ids, ids[0]!]);

    expect(answered.map((contact) => contact?.id)).to.deep.equal([...ids, ids[0]]);
    expect(statements).to.have.length(1);
  });
});
