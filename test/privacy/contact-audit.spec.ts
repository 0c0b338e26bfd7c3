import { expect } from "chai";
import fc from "fast-check";
import { parse, validate } from "graphql";
import { encodeCursor } from "../../src/platform/graphql/connection.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { selectAudit } from "../../src/privacy/audit.sql.js";
import { useDatabase } from "../support/database.js";
import { withoutPolicies } from "../support/without-policies.js";
import { type Audit, audit, auditReader, type Entry } from "./audit-queries.js";
import { insertAuthorizationAudit, insertContactAudit } from "./audit-rows.js";
import { contextOf, privacySchema } from "./graph.js";

describe("contactAudit (F27)", () => {
  const db = useDatabase();

  const reader = (...wishes: Parameters<typeof db.contextWith>) => auditReader(db, ...wishes);

  const refusal = (wish: object, context = reader()) =>
    audit(context, encodeId("Contact", "1"), wish).then(
      () => ({}),
      (error) => error.extensions ?? { message: error.message },
    );

  it("shows the changes of all modules, newest first: who, when, how, what, old and new", async () => {
    const { id, opaqueId } = await db.insertContact();
    await insertContactAudit(db, id, { at: "2026-03-02T10:00:00Z", old: "Blanc", new: "Noir" });
    await insertAuthorizationAudit(db, id, "2026-03-03T10:00:00Z");
    await insertContactAudit(db, id, {
      at: "2026-03-04T10:00:00Z",
      entity: "Address",
      key: "MAIN",
      field: "town",
      new: "Bulle",
    });

    const { nodes, pageInfo } = await audit(reader(), opaqueId);

    const common = { actor: "ana", actorKind: "OPERATOR", redactions: [] };
    expect(nodes.map(({ id: _, ...entry }) => entry)).to.deep.equal([
      {
        ...common,
        at: "2026-03-04T10:00:00.000Z",
        source: "OPERATOR",
        entity: "Address",
        key: "MAIN",
        field: "town",
        oldValue: null,
        newValue: "Bulle",
      },
      {
        ...common,
        at: "2026-03-03T10:00:00.000Z",
        source: "IMPORT",
        entity: "Authorization",
        key: null,
        field: "SMS",
        oldValue: "EMPTY",
        newValue: "TRUE",
      },
      {
        ...common,
        at: "2026-03-02T10:00:00.000Z",
        source: "OPERATOR",
        entity: "Contact",
        key: null,
        field: "lastName",
        oldValue: "Blanc",
        newValue: "Noir",
      },
    ]);
    expect(new Set(nodes.map((entry) => entry.id))).to.have.property("size", 3);
    expect(pageInfo).to.include({ hasNextPage: false, hasPreviousPage: false });
  });

  it("must be given a time frame", async () => {
    const query = (frame: string) => parse(`{ contactAudit(contactId: "x", ${frame}, first: 1) { nodes { id } } }`);

    for (const frame of [`from: "2026-03-01T00:00:00Z"`, `to: "2026-03-01T00:00:00Z"`, "from: null, to: null"]) {
      expect(validate(await privacySchema(), query(frame)), frame).not.to.deep.equal([]);
    }
  });

  it("refuses a frame that is reversed, or longer than 366 days", async () => {
    const from = "2026-01-01T00:00:00Z";

    expect(await refusal({ from, to: "2025-12-31T23:59:59.999Z" })).to.include({
      code: "BAD_USER_INPUT",
      reason: "TIME_FRAME_REVERSED",
    });
    expect(await refusal({ from, to: "2027-01-02T00:00:00.001Z" })).to.include({
      code: "BAD_USER_INPUT",
      reason: "TIME_FRAME_TOO_LONG",
    });
    expect(await refusal({ from, to: "2027-01-02T00:00:00Z" })).to.deep.equal({});
    expect(await refusal({ from, to: from })).to.deep.equal({});
  });

  it("includes both bounds, to the millisecond in which clients see them", async () => {
    const { id, opaqueId } = await db.insertContact();
    const times = ["59.999999", "00.000000", "00.000999", "00.001000"].map((seconds, index) =>
      index === 0 ? `2026-03-04T23:59:${seconds}Z` : `2026-03-05T00:00:${seconds}Z`,
    );
    for (const [index, at] of times.entries()) await insertContactAudit(db, id, { at, new: String(index) });

    const bound = "2026-03-05T00:00:00.000Z";
    const { nodes } = await audit(reader(), opaqueId, { from: bound, to: bound });

    expect(nodes.map(({ newValue }) => newValue)).to.deep.equal(["2", "1"]);
  });

  it("is as empty for a contact above the caller's clearance as for an unknown id (F05)", async () => {
    const hidden = await db.insertContact({ level: 1 });
    await insertContactAudit(db, hidden.id);
    await insertAuthorizationAudit(db, hidden.id, "2026-03-03T10:00:00Z");
    const foreign = await db.insertContact({ institution: await db.institution() });
    await insertContactAudit(db, foreign.id);

    const ids = [encodeId("Contact", "999999999"), "x", foreign.opaqueId, hidden.opaqueId];
    const answers = await Promise.all(ids.map((id) => audit(reader(), id)));

    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).to.have.property("size", 1);
    expect(answers[0]?.nodes).to.deep.equal([]);
    expect((await audit(reader({ clearance: 1 }), hidden.opaqueId)).nodes).to.have.length(2);
  });

  it("is hidden by the statement itself, where no policy would, and so are connections to the hidden (F05)", async () => {
    const seen = await db.insertContact();
    const hidden = await db.insertContact({ level: 1 });
    const foreign = await db.insertContact({ institution: await db.institution() });
    for (const { id } of [seen, hidden, foreign]) {
      await insertContactAudit(db, id);
      await insertAuthorizationAudit(db, id, "2026-03-03T10:00:00Z");
    }
    for (const { id } of [hidden, foreign]) {
      await insertContactAudit(db, seen.id, { entity: "Connection", key: id, field: "RELAY_OF" });
    }
    const page = { from: new Date("2026-03-01"), to: new Date("2026-03-31"), after: null, limit: 10 };

    const rows = await withoutPolicies(db, 0, (sql) => selectAudit(sql, [seen.id, hidden.id, foreign.id], page));

    expect(rows.map(({ contactId, entity }) => [contactId, entity])).to.deep.equal([
      [seen.id, "Contact"],
      [seen.id, "Authorization"],
    ]);
  });

  it("shows an internet user nothing beyond his own contact", async () => {
    const own = await db.insertContact();
    const other = await db.insertContact();
    await insertContactAudit(db, other.id);

    expect((await audit(reader({ clearance: 2, ownContactId: own.id }), other.opaqueId)).nodes).to.deep.equal([]);
  });

  it("leaves out a connection to a contact that the caller does not see, and names the others by their opaque id", async () => {
    const { id, opaqueId } = await db.insertContact();
    const seen = await db.insertContact();
    const hidden = await db.insertContact({ level: 2 });
    for (const key of [seen.id, hidden.id, "not a number"]) {
      await insertContactAudit(db, id, { entity: "Connection", key, field: "RELAY_OF" });
    }

    expect((await audit(reader(), opaqueId)).nodes.map(({ key }) => key)).to.deep.equal([seen.opaqueId]);
    expect((await audit(reader({ clearance: 2 }), opaqueId)).nodes).to.have.length(2);
  });

  it("leaves out a campaign that does not exist for the caller, and names the others by their opaque id", async () => {
    const { id, opaqueId } = await db.insertContact();
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO marketing.campaign (institution_id, name, campaign_type, channel, clearance, owner, owner_kind, owner_claims)
       SELECT $1, 'March', 'NEWSLETTER', 'EMAIL', each, 'op', 'OPERATOR', '{}' FROM unnest(ARRAY[0, 2]) each RETURNING id`,
      [db.home.id],
    );
    for (const campaign of [...rows.map((row) => row.id), "0"])
      await db.owner.query(
        `INSERT INTO marketing.audit_campaign_addition
           (institution_id, contact_id, at, actor, actor_kind, source, campaign_id, was_added, is_added)
         VALUES ($1, $2, '2026-03-04T10:00:00Z', 'op', 'OPERATOR', 'OPERATOR', $3, false, true)`,
        [db.home.id, id, campaign],
      );
    const page = { from: new Date("2026-03-01"), to: new Date("2026-03-31"), after: null, limit: 10 };

    const alone = await withoutPolicies(db, 0, (sql) => selectAudit(sql, [id], page));

    const ids = rows.map((row) => encodeId("Campaign", row.id));
    expect((await audit(reader(), opaqueId)).nodes).to.have.length(1);
    expect((await audit(reader({ clearance: 2 }), opaqueId)).nodes.map(({ key }) => key)).to.have.members(ids);
    expect(alone.map(({ key }) => key)).to.deep.equal([rows[0]!.id]);
  });

  it("takes the permission audit:read", async () => {
    expect(await refusal({}, contextOf(db, "contact:read"))).to.include({
      code: "FORBIDDEN",
      permission: "audit:read",
    });
  });

  it("is read page by page without a gap or a repetition, whatever the timestamps", async () => {
    const micros = fc.integer({ min: 0, max: 2_003 }); // some within one millisecond, some equal
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.boolean(), micros), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (entries, first) => {
          const { id, opaqueId } = await db.insertContact();
          for (const [isMarketing, micro] of entries) {
            const at = `2026-03-05T10:00:00.${String(micro).padStart(6, "0")}Z`;
            await (isMarketing ? insertAuthorizationAudit(db, id, at) : insertContactAudit(db, id, { at }));
          }
          const whole = await audit(reader(), opaqueId);

          const read: Entry[] = [];
          let after: string | null = null;
          do {
            const page: Audit = await audit(reader(), opaqueId, { first, after });
            expect(page.nodes.length).to.be.within(1, first);
            read.push(...page.nodes);
            after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
          } while (after !== null);

          expect(read).to.deep.equal(whole.nodes);
          expect(new Set(read.map((entry) => entry.id))).to.have.property("size", entries.length);
          const sorted = entries.map(([, micro]) => micro).sort((a, b) => b - a);
          expect(read.map(({ at }) => at)).to.deep.equal(
            sorted.map((micro) => `2026-03-05T10:00:00.00${Math.floor(micro / 1_000)}Z`),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it("refuses pages that cannot be asked for, before the database sees them", async () => {
    const cursors = [
      "x",
      encodeCursor(["1"]),
      encodeCursor(["2026-03-05", 1, "1"]),
      encodeCursor([1, 1, "1"]),
      encodeCursor(["1", 1.5, "1"]),
      encodeCursor(["1", "1", "1"]),
      encodeCursor(["1", 1, "9".repeat(19)]),
      encodeCursor(["9".repeat(17), 1, "1"]),
      encodeCursor([null, null, null]),
    ];

    for (const after of cursors)
      expect(await refusal({ after }), after).to.include({ code: "BAD_USER_INPUT", argument: "after" });
    for (const first of [0, 101, -1])
      expect(await refusal({ first })).to.include({ code: "BAD_USER_INPUT", argument: "first" });
    expect(await refusal({ after: encodeCursor(["9".repeat(16), 99, "9".repeat(18)]) })).to.deep.equal({});
  });
});
