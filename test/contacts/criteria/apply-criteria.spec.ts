import { expect } from "chai";
import fc from "fast-check";
import {
  type ApplyOptions,
  applyCriteria,
  type CriterionChange,
} from "../../../src/contacts/criteria/contact-criteria.sql.js";
import { lockVisibleContacts } from "../../../src/contacts/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { auditOf, callerOf } from "../support.js";
import { activitiesOf, insertDefinitions, insertHeld } from "./criteria.js";

describe("applyCriteria, for many contacts at once", () => {
  const db = useDatabase();
  let ids: Record<string, number>;

  before(async () => {
    ids = await insertDefinitions(db, [
      { code: "INTEREST", kind: "MULTI_LIST", values: { A: {}, B: {}, C: {} } },
      { code: "VIP", kind: "YES_NO" },
      { code: "NICKNAME", kind: "FREE_TEXT" },
    ]);
  });

  const operator = (wish = {}) => callerOf(db, "contact:read", "contact:write", wish);
  const apply = (changes: CriterionChange[], options: ApplyOptions = {}, context: OperationContext = operator()) =>
    context.transaction(async (sql) => {
      const visible = await lockVisibleContacts(
        sql,
        changes.map(({ contactId }) => contactId),
      );
      return applyCriteria(sql, visible, changes, options);
    });
  const change = (contactId: string, code: string, codes: string[], text: string | null = null): CriterionChange => ({
    ...{ contactId, criterionId: ids[code]!, codes, text },
  });
  /** What contacts have, as `code=value` in order. */
  async function heldBy(contacts: readonly TestContact[]): Promise<Record<string, string>> {
    const { rows } = await db.owner.query<{ id: string; held: string }>(
      `SELECT id, string_agg(held, ' ' ORDER BY held) AS held FROM (
         SELECT h.contact_id AS id, d.code || '=' || coalesce(max(h.text_value), string_agg(h.value_code, '|' ORDER BY h.value_code)) AS held
         FROM contacts.contact_criterion h JOIN contacts.criterion d ON d.id = h.criterion_id
         WHERE h.contact_id = ANY($1) GROUP BY h.contact_id, d.code) each GROUP BY id`,
      [contacts.map(({ id }) => id)],
    );
    return Object.fromEntries(rows.map(({ id, held }) => [id, held]));
  }
  const versionOf = async (id: string) =>
    (await db.owner.query<{ version: number }>("SELECT version FROM contacts.contact WHERE id = $1", [id])).rows[0]!
      .version;

  it("gives each contact its own values, and audits, counts and keeps as activity those that changed alone (F69)", async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => db.insertContact()));
    await insertHeld(db, two!.id, ids.INTEREST!, { codes: ["A", "B"] });
    await insertHeld(db, three!.id, ids.NICKNAME!, { text: "old" });

    const changed = await apply(
      [
        change(one!.id, "INTEREST", ["B", "A", "B"]),
        change(one!.id, "VIP", ["TRUE"]),
        change(two!.id, "INTEREST", ["B", "A"]),
        change(two!.id, "VIP", []),
        change(three!.id, "NICKNAME", [""], "new"),
      ],
      { jobId: "77" },
      operator({ source: "IMPORT" }),
    );

    expect(changed).to.deep.equal([
      { contactId: one!.id, criterionId: ids.INTEREST },
      { contactId: one!.id, criterionId: ids.VIP },
      { contactId: three!.id, criterionId: ids.NICKNAME },
    ]);
    expect(await heldBy([one!, two!, three!])).to.deep.equal({
      [one!.id]: "INTEREST=A|B VIP=TRUE",
      [two!.id]: "INTEREST=A|B",
      [three!.id]: "NICKNAME=new",
    });
    const day = { day: "2026-03-10", kind: "CRITERION", source: "IMPORT" };
    expect(await activitiesOf(db, one!.id)).to.deep.equal([day]);
    expect(await activitiesOf(db, two!.id)).to.deep.equal([]);
    expect(await Promise.all([one!, two!, three!].map(({ id }) => versionOf(id)))).to.deep.equal([2, 1, 2]);
    expect((await auditOf(db, one!.id)).map(({ field, old, new: value }) => [field, old, value])).to.deep.equal([
      ["INTEREST", null, "A|B"],
      ["VIP", null, "TRUE"],
    ]);
    const { rows } = await db.owner.query("SELECT job_id FROM contacts.audit_contact WHERE contact_id = $1", [
      three!.id,
    ]);
    expect(rows).to.deep.equal([{ job_id: "77" }]);
  });

  it("leaves contacts alone that the caller does not see, for all nine pairs (F05)", async () => {
    for (const clearance of [0, 1, 2] as const) {
      const contacts = await Promise.all(([0, 1, 2] as const).map((level) => db.insertContact({ level })));

      await apply(
        contacts.map(({ id }) => change(id, "VIP", ["TRUE"])),
        {},
        operator({ clearance }),
      );

      const held = await heldBy(contacts);
      expect(contacts.map(({ id }) => held[id] !== undefined)).to.deep.equal(
        [0, 1, 2].map((level) => level <= clearance),
      );
    }
  });

  it("leaves every contact with what was asked, does so once, and only touches what differs", async () => {
    const contacts = await Promise.all(Array.from({ length: 4 }, () => db.insertContact()));
    const codes = fc.subarray(["A", "B", "C"]).chain((set) => fc.shuffledSubarray(set, { minLength: set.length }));
    const wish = fc.record({ contact: fc.nat(3), codes });
    const batch = fc.uniqueArray(wish, { selector: ({ contact }) => contact, maxLength: 4 });

    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
        for (const wishes of batches) {
          const changes = wishes.map((each) => change(contacts[each.contact]!.id, "INTEREST", each.codes));
          const before = await heldBy(contacts);

          const changed = await apply(changes);

          const after = await heldBy(contacts);
          const wanted = (each: CriterionChange) =>
            each.codes.length > 0 ? `INTEREST=${[...each.codes].sort().join("|")}` : undefined;
          for (const each of changes) expect(after[each.contactId]).to.equal(wanted(each));
          expect(changed.map(({ contactId }) => contactId)).to.have.members(
            changes.filter((each) => before[each.contactId] !== wanted(each)).map(({ contactId }) => contactId),
          );
          const others = contacts.filter(({ id }) => !changes.some(({ contactId }) => contactId === id));
          for (const { id } of others) expect(after[id]).to.equal(before[id]);
          expect(await apply(changes)).to.deep.equal([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("publishes the latest day of activity by source, of contacts that the caller sees (A7, domain 7.1)", async () => {
    const [seen, hidden] = [await db.insertContact(), await db.insertContact({ level: 2 })];
    const both = (value: string) => [seen, hidden].map(({ id }) => change(id, "VIP", [value]));
    const cleared = { clearance: 2 } as const;
    await apply(both("TRUE"), {}, operator(cleared));
    await apply(both("FALSE"), {}, operator({ ...cleared, source: "IMPORT" }));
    await db.owner.query("UPDATE contacts.activity SET day = day - 400 WHERE source = 'OPERATOR'");
    await apply(both("TRUE"), {}, operator(cleared));

    const { rows } = await operator().db.query(
      `SELECT contact_id AS id, kind, source, latest_day AS day FROM contacts.visible_activity
       WHERE institution_id = $1 AND contact_id = ANY($2::bigint[]) ORDER BY source`,
      [db.home.id, [seen.id, hidden.id]],
    );

    const common = { id: seen.id, kind: "CRITERION", day: "2026-03-10" };
    expect(rows).to.deep.equal([
      { ...common, source: "IMPORT" },
      { ...common, source: "OPERATOR" },
    ]);
  });
});
