import { expect } from "chai";
import { type AudienceRules, audienceOf } from "../../../src/marketing/audience/index.js";
import { selectTargets } from "../../../src/marketing/targets/target.sql.js";
import type { OperationContext } from "../../../src/platform/context.js";
import type { StatementValues } from "../../../src/platform/database/statement-values.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { ContactWish, TestInstitution } from "../../support/rows.js";
import { condition, marketer, mutate } from "../targets/targets.js";
import { everybodysOutcomes } from "./audiences.js";

const campaign = { channel: "EMAIL", isPurchaseInformation: false, isForBusinessContacts: false } as const;
const french = condition("contact.language", "IS_ANY_OF", ["fr"]);

describe("the audience of targets and of contacts added by hand (5.1, F11, F40)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let owner: OperationContext;
  let people = 0;

  beforeEach(async () => {
    institution = await db.institution();
    owner = as({ clearance: 1 });
  });

  const as = (wish: ContextWish) => marketer(db, { institution, ...wish });
  const set = (id: string, assignments: string) =>
    db.owner.query(`UPDATE marketing.contact_marketing SET ${assignments} WHERE contact_id = $1`, [id]);
  const person = async (wish: ContactWish = {}) => {
    const contact = await db.insertContact({
      ...{ institution, language: "fr", email: `p${people++}@example.org` },
      ...wish,
    });
    await set(contact.id, "institution_email = true, email = true");
    return contact;
  };
  const target = async (wish: object = {}, by = owner) => {
    const made = await mutate(by, "createTarget", { name: "T", kind: "DYNAMIC", filter: french, ...wish });
    const [row] = await selectTargets(by.db, [decodeId("Target", made.target!.id)!], null);
    return row!;
  };
  const added =
    (...ids: string[]) =>
    (values: StatementValues) =>
      `m.contact_id = ANY(${values.add(ids, "bigint[]")})`;
  const audience = async (rules: Partial<AudienceRules>, by = owner) => {
    const found = await audienceOf(by, { campaign, targets: [], ...rules });
    if ("problems" in found) throw new Error(JSON.stringify(found.problems));
    return found;
  };

  it("has each contact once, however many ways lead to him", async () => {
    const [first, second, third] = [await person(), await person(), await person({ language: "de" })];
    const dynamic = await target();
    const list = await target({ kind: "STATIC", filter: null, contactIds: [second.opaqueId, third.opaqueId] });

    const found = await audience({ targets: [dynamic, list], members: added(first.id, third.id) });

    const page = await found.page(owner.db, { outcomes: ["SEND"], after: "0", limit: 10 });
    expect(page.map(({ contactId }) => contactId)).to.deep.equal([first.id, second.id, third.id]);
    expect([...(await everybodysOutcomes(owner.db, found)).keys()].sort()).to.deep.equal(
      [first.id, second.id, third.id].sort(),
    );
    expect(await found.count(owner.db)).to.deep.equal(new Map([["SEND", 3]]));
  });

  it("has nobody without a target", async () => {
    await person();

    expect(await (await audience({})).count(owner.db)).to.deep.equal(new Map());
  });

  it("names the reason of who became invalid or anonymized since a list was made, and of who was added (F07, F11)", async () => {
    const [invalid, gone, refusing, fine] = [await person(), await person(), await person(), await person()];
    const list = await target({ kind: "STATIC" });
    await set(invalid.id, "validity_end_date = '2020-01-01'");
    await set(gone.id, "anonymized_at = now()");
    await set(refusing.id, "institution_email = false");
    const stranger = await person({ language: "de", validityEndDate: "2020-01-01" });

    const found = await audience({ targets: [list], members: added(stranger.id) });

    expect(await everybodysOutcomes(owner.db, found)).to.deep.equal(
      new Map([
        [invalid.id, "INVALID_CONTACT"],
        [gone.id, "ANONYMIZED"],
        [refusing.id, "CONSENT_REFUSED"],
        [fine.id, "SEND"],
        [stranger.id, "INVALID_CONTACT"],
      ]),
    );
  });

  it("knows nobody above the owner's clearance of today, not even by number (5.2 G1, Q-41)", async () => {
    const [seen, hidden] = [await person(), await person({ level: 1 })];
    const dynamic = await target({}, as({ clearance: 0 }));
    const rules = { targets: [dynamic], members: added(hidden.id) };
    const lowered = as({ clearance: 0 });

    const [before, after] = [await audience(rules), await audience(rules, lowered)];

    expect(await before.count(owner.db)).to.deep.equal(new Map([["SEND", 2]]));
    expect(await after.count(lowered.db)).to.deep.equal(new Map([["SEND", 1]]));
    expect(await after.of(lowered.db, [hidden.id, seen.id])).to.have.length(1);
    expect(await after.page(lowered.db, { outcomes: ["SEND"], after: "0", limit: 9 })).to.have.length(1);
  });

  it("is refused when a target asks for what its owner may not ask for any more", async () => {
    await person();
    const dynamic = await target();
    const raised = as({ clearance: 0, raisedLevels: new Map([["Contact.language", 1]]) });

    const found = await audienceOf(raised, { campaign, targets: [dynamic] });

    expect(found).to.have.property("problems").that.has.length(1);
    expect((found as { problems: { code: string; field: string[] }[] }).problems[0]).to.deep.include({
      code: "FIELD_NOT_AVAILABLE",
      field: ["targets", "0", "filter", "condition", "field"],
    });
  });

  it("honours a refusal that arrives between evaluation and dispatch (F40, 5.7)", async () => {
    const { id } = await person();
    const found = await audience({ targets: [await target()] });
    const before = await found.count(owner.db);

    await set(id, "email = false");
    const after = await owner.transaction((sql) => found.of(sql, [id]));

    expect(before).to.deep.equal(new Map([["SEND", 1]]));
    expect(after.map(({ outcome }) => outcome)).to.deep.equal(["CONSENT_REFUSED"]);
  });

  it("sends nothing to an address that has got it in this run already (5.2 G7)", async () => {
    const first = await person({ email: "one@example.org" });
    const second = await person({ email: "one@example.org" });
    const found = await audience({ targets: [await target()], sent: added(second.id) });

    const rows = await found.of(owner.db, [first.id]);

    expect(rows.map(({ outcome }) => outcome)).to.deep.equal(["DUPLICATE_EMAIL"]);
  });

  it("takes the refusal of one for everybody with his address when the institution says so (Q-14)", async () => {
    await person({ email: "one@example.org" });
    const other = await person({ email: "ONE@example.org", language: "de" });
    await set(other.id, "institution_email = false");
    const found = { targets: [await target()] };
    const before = await (await audience(found)).count(owner.db);

    await db.owner.query(
      "INSERT INTO privacy.institution_setting (institution_id, refusal_by_address) VALUES ($1, true)",
      [institution.id],
    );
    const after = await audience(found);

    expect(before).to.deep.equal(new Map([["SEND", 1]]));
    expect(await after.count(owner.db)).to.deep.equal(new Map([["CONSENT_REFUSED", 1]]));
    const purchase = await audience({ ...found, campaign: { ...campaign, isPurchaseInformation: true } });
    expect(await purchase.count(owner.db)).to.deep.equal(new Map([["SEND", 1]]));
  });

  describe("with the entry of the ledger behind it", () => {
    const said = async (
      contactId: string,
      changes: [wasTrue: number, wasFalse: number, isTrue: number, isFalse: number][],
    ) => {
      const ids: number[] = [];
      for (const [index, values] of changes.entries()) {
        const { rows } = await db.owner.query<{ id: string }>(
          `INSERT INTO marketing.authorization_change
             (institution_id, contact_id, at, actor, actor_kind, source, was_true, was_false, is_true, is_false)
           VALUES ($1, $2, timestamptz '2026-01-01' + $3 * interval '1 day', 'x', 'OPERATOR', 'OPERATOR', $4, $5, $6, $7)
           RETURNING id`,
          [institution.id, contactId, index, ...values],
        );
        ids.push(Number(rows[0]!.id));
      }
      return ids;
    };
    const entry = (change: number, place: number) => String(change * 8 + place);

    it("the last one on what decided, the mean where that was refused (5.4)", async () => {
      const [agreed, refused, silent] = [await person(), await person(), await person()];
      const [, second] = await said(agreed.id, [
        [0, 0, 0, 1],
        [0, 1, 1, 0],
        [1, 0, 1 + 16, 0],
      ]);
      const [, mean] = await said(refused.id, [
        [0, 0, 1, 0],
        [1, 0, 1, 8],
      ]);
      await set(refused.id, "email = false");
      await set(silent.id, "institution_email = NULL");
      const found = await audience({ targets: [await target()] });

      const rows = await found.of(owner.db, [agreed.id, refused.id, silent.id]);

      expect(rows.map(({ outcome, consentEventId }) => [outcome, consentEventId])).to.deep.equal([
        ["SEND", entry(second!, 1)],
        ["CONSENT_REFUSED", entry(mean!, 4)],
        ["CONSENT_MISSING", null],
      ]);
    });

    it("none where consent was not asked for, and where somebody else with the address refused", async () => {
      const one = await person({ email: "one@example.org" });
      const other = await person({ email: "one@example.org" });
      await said(one.id, [[0, 0, 1, 0]]);
      await set(other.id, "email = false");
      const targets = [await target()];
      const strict = await audience({ targets, campaign: { ...campaign, refusalByAddress: true } });
      const purchase = await audience({ targets, campaign: { ...campaign, isPurchaseInformation: true } });

      const [refused] = await strict.of(owner.db, [one.id]);
      const [sent] = await purchase.of(owner.db, [one.id]);

      expect(refused).to.include({ outcome: "CONSENT_REFUSED", consentEventId: null });
      expect(sent).to.include({ outcome: "SEND", consentEventId: null });
    });
  });
});
