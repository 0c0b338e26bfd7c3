import { expect } from "chai";
import type { GraphQLSchema } from "graphql";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { decodeId, encodeId } from "../../src/platform/graphql/opaque-id.js";
import { ask, codesOf } from "../support/ask.js";
import { useDatabase } from "../support/database.js";
import { callerOf, contactsSchema } from "./support.js";

const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { id lastName } } }`;

describe("contact", () => {
  const db = useDatabase();
  let schema: GraphQLSchema;
  before(async () => {
    schema = await contactsSchema();
  });

  it("answers by id, by number, as a node and as an entity", async () => {
    const { opaqueId: id, contactNumber } = await db.insertContact({ lastName: "Rochat", firstName: "Élodie" });

    const answer = await ask(
      schema,
      callerOf(db, "contact:read"),
      `query ($id: ID!, $number: String!) {
         contact(id: $id) { id displayName }
         contactByNumber(contactNumber: $number) { id }
         node(id: $id) { __typename id ... on Contact { lastName } }
       }`,
      { id, number: contactNumber },
    );

    expect(answer).to.deep.equal({
      contact: { id, displayName: "Élodie Rochat" },
      contactByNumber: { id },
      node: { __typename: "Contact", id, lastName: "Rochat" },
    });
  });

  for (const level of [0, 1, 2] as const) {
    for (const clearance of [0, 1, 2] as const) {
      const visible = clearance >= level;
      it(`${visible ? "exists" : "does not exist"} at level ${level} for a caller cleared for ${clearance} (F05)`, async () => {
        const { opaqueId: id, contactNumber } = await db.insertContact({
          level,
          lastName: `Pair${"abc"[level]!.repeat(2)}${"abc"[clearance]!.repeat(2)}`,
        });
        const context = callerOf(db, "contact:read", { clearance: clearance as Clearance });

        const answer = await ask(
          schema,
          context,
          `query ($id: ID!, $number: String!, $r: [_Any!]!, $name: String!) {
             contact(id: $id) { id } node(id: $id) { id } contactByNumber(contactNumber: $number) { id }
             _entities(representations: $r) { ... on Contact { id } }
             searchContacts(filter: { name: $name }, first: 5) { totalCount nodes { id } }
           }`,
          {
            id,
            number: contactNumber,
            r: [{ __typename: "Contact", id }],
            name: `pair${"abc"[level]!.repeat(2)}${"abc"[clearance]!.repeat(2)}`,
          },
        );

        const found = visible ? { id } : null;
        expect(answer).to.deep.equal({
          contact: found,
          node: found,
          contactByNumber: found,
          _entities: [found],
          searchContacts: { totalCount: visible ? 1 : 0, nodes: visible ? [{ id }] : [] },
        });
      });
    }
  }

  it("does not exist for another institution", async () => {
    const { opaqueId: id } = await db.insertContact();
    const elsewhere = callerOf(db, "contact:read", { institution: await db.institution(), clearance: 2 });

    const answer = await ask(schema, elsewhere, `query ($id: ID!) { contact(id: $id) { id } }`, { id });

    expect(answer).to.deep.equal({ contact: null });
  });

  it("shows an internet user his own file, whatever its level, and no other", async () => {
    const own = await db.insertContact({ level: 2 });
    const other = await db.insertContact();
    const context = callerOf(db, "contact:read", { kind: "CONTACT", clearance: 2, ownContactId: own.id });

    const answer = await ask(
      schema,
      context,
      `query ($own: ID!, $other: ID!) { own: contact(id: $own) { id } other: contact(id: $other) { id }
         searchContacts(filter: { type: INDIVIDUAL }, first: 100) { totalCount } }`,
      { own: own.opaqueId, other: other.opaqueId },
    );

    expect(answer).to.deep.equal({ own: { id: own.opaqueId }, other: null, searchContacts: { totalCount: 1 } });
  });

  it("takes ids of nothing, of other types and of other spellings for ids of no contact", async () => {
    const { id, opaqueId } = await db.insertContact();
    const strange = [
      "",
      "x",
      "Contact:1",
      encodeId("Order", id),
      encodeId("Contact", "99999999"),
      `${opaqueId}=`,
      "é".repeat(80),
    ];

    for (const wrong of strange) {
      const answer = await ask(
        schema,
        callerOf(db, "contact:read"),
        `query ($id: ID!) { contact(id: $id) { id } node(id: $id) { id } }`,
        { id: wrong },
      );
      expect(answer, wrong).to.deep.equal({ contact: null, node: null });
    }
    expect(decodeId("Contact", encodeId("Contact", "9223372036854775808"))).to.equal(null);
  });

  it("trusts nothing but the key of a representation", async () => {
    const { opaqueId: id } = await db.insertContact({ lastName: "Wirklich" });

    const answer = await ask(schema, callerOf(db, "contact:read"), entities, {
      r: [{ __typename: "Contact", id, lastName: "Forged", confidentialityLevel: "FREE" }],
    });

    expect(answer).to.deep.equal({ _entities: [{ id, lastName: "Wirklich" }] });
  });

  it("refuses a caller without the permission, at the entity's back door too", async () => {
    const { opaqueId: id } = await db.insertContact();
    const context = callerOf(db);

    expect(await codesOf(schema, context, `query ($id: ID!) { contact(id: $id) { id } }`, { id })).to.deep.equal([
      "FORBIDDEN",
    ]);
    expect(await codesOf(schema, context, entities, { r: [{ __typename: "Contact", id }] })).to.deep.equal([
      "FORBIDDEN",
    ]);
    expect(await ask(schema, context, `query ($id: ID!) { node(id: $id) { id } }`, { id })).to.deep.equal({
      node: null,
    });
  });

  /** Without what is withheld from every caller who is cleared for FREE only. */
  function raisedOnly({ redactions }: { redactions?: { field: string }[] }) {
    const shipped = callerOf(db, "contact:read").fields.withheld("Contact");
    return { redactions: redactions?.filter(({ field }) => !shipped.some((each) => each.field === field)) };
  }

  it("withholds a raised field and all that is derived from it, with or without a value, and says so", async () => {
    const { opaqueId: named } = await db.insertContact({ lastName: "Keller", email: "keller@example.org" });
    const { opaqueId: structure } = await db.insertContact({ structureName: "Keller AG" });
    const context = callerOf(db, "contact:read", {
      raisedLevels: new Map([
        ["Contact.lastName", 1],
        ["Contact.email", 2],
      ]),
    });
    const fields = `lastName displayName email redactions { field requiredClearance requiredPermission }`;

    const answer = await ask(
      schema,
      context,
      `query ($a: ID!, $b: ID!) { a: contact(id: $a) { ${fields} } b: contact(id: $b) { ${fields} } }`,
      { a: named, b: structure },
    );

    const withheld = {
      lastName: null,
      displayName: null,
      email: null,
      redactions: [
        { field: "lastName", requiredClearance: "RESTRICTED", requiredPermission: null },
        { field: "displayName", requiredClearance: "RESTRICTED", requiredPermission: null },
        { field: "email", requiredClearance: "CONFIDENTIAL", requiredPermission: null },
        { field: "internetAccount", requiredClearance: "CONFIDENTIAL", requiredPermission: null },
      ],
    };
    expect({ a: { ...answer.a, ...raisedOnly(answer.a) }, b: { ...answer.b, ...raisedOnly(answer.b) } }).to.deep.equal({
      a: withheld,
      b: withheld,
    });
  });

  it("withholds lists as it does values, and what they give away", async () => {
    const { opaqueId: id } = await db.insertContact();
    const raised = new Map<string, Clearance>(
      ["addresses", "roles", "connections"].map((field) => [`Contact.${field}`, 1]),
    );
    const context = callerOf(db, "contact:read", { raisedLevels: raised });

    const answer = await ask(
      schema,
      context,
      `query ($id: ID!) { contact(id: $id) { addresses { kind } roles connections(first: 5) { nodes { id } } redactions { field } } }`,
      { id },
    );

    const { redactions, ...lists } = answer.contact;
    expect(lists).to.deep.equal({ addresses: null, roles: null, connections: null });
    const fields = redactions.map(({ field }: { field: string }) => field);
    expect(fields).to.include.members(["addresses", "roles", "connections", "primaryRelay"]);
  });

  describe("isValid (F07, D-07)", () => {
    const days: [string | undefined, boolean][] = [
      [undefined, true],
      ["2025-01-11", true],
      ["2025-01-10", true],
      ["2025-01-09", false],
    ];
    for (const [validityEndDate, isValid] of days) {
      it(`is ${isValid} on 2025-01-10 with the end ${validityEndDate ?? "open"}`, async () => {
        const { opaqueId: id } = await db.insertContact({ validityEndDate });
        // half past midnight in Zürich, still the day before in UTC
        db.clock.set("2025-01-09T23:30:00Z");

        const answer = await ask(
          schema,
          callerOf(db, "contact:read"),
          `query ($id: ID!) { contact(id: $id) { isValid } }`,
          { id },
        );

        expect(answer.contact.isValid).to.equal(isValid);
      });
    }
  });

  it("shows a connection at both ends, and only to those who see both", async () => {
    const relay = await db.insertContact({ level: 1, roles: ["RELAY"] });
    const structure = await db.insertContact({ structureName: "École des Tilleuls" });
    await db.owner.query(
      `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id) VALUES ($1, 'RELAY_OF', $2, $3)`,
      [db.home.id, relay.id, structure.id],
    );
    const query = `query ($id: ID!) { contact(id: $id) { connections(first: 5) { nodes { type from { id } to { id } } } } }`;

    const link = { type: "RELAY_OF", from: { id: relay.opaqueId }, to: { id: structure.opaqueId } };
    const cleared = callerOf(db, "contact:read", { clearance: 1 });
    for (const { opaqueId: id } of [relay, structure]) {
      expect(await ask(schema, cleared, query, { id })).to.deep.equal({ contact: { connections: { nodes: [link] } } });
    }
    const free = callerOf(db, "contact:read");
    expect(await ask(schema, free, query, { id: structure.opaqueId })).to.deep.equal({
      contact: { connections: { nodes: [] } },
    });
  });

  it("tells the viewer who he is and what he may do", async () => {
    const context = callerOf(db, "contact:read", {
      clearance: 1,
      locale: "fr",
      login: "op-1",
      organizations: ["OPERA"],
    });

    const answer = await ask(
      schema,
      context,
      `{ viewer { kind login institution organizations permissions clearance locale } }`,
    );

    expect(answer.viewer).to.deep.equal({
      kind: "OPERATOR",
      login: "op-1",
      institution: db.home.code,
      organizations: ["OPERA"],
      permissions: ["authenticated", "contact:read"],
      clearance: "RESTRICTED",
      locale: "fr",
    });
  });
});
