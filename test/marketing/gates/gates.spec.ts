import { expect } from "chai";
import type { GatedCampaign } from "../../../src/marketing/gates/gates.js";
import type { Sql } from "../../../src/platform/database/sql.js";
import { type TestDatabase, useDatabase } from "../../support/database.js";
import { audienceOfEverybody, everybodysOutcomes } from "../audience/audiences.js";
import { allCases, type Case, campaigns, expected, partnersOf } from "./truth-table.js";

const newsletter: GatedCampaign = { channel: "EMAIL", isPurchaseInformation: false, isForBusinessContacts: false };
const purchase: GatedCampaign = { ...newsletter, isPurchaseInformation: true };

describe("the gates of an audience (5.2-5.7, F40, F41, F42)", () => {
  const db = useDatabase();

  const outcomesOf = (sql: Sql, ids: readonly string[], campaign: GatedCampaign) =>
    audienceOfEverybody(db, campaign).of(sql, ids);
  const reasonOf = async (id: string, campaign = newsletter, clearance: 0 | 2 = 0) => {
    const [row] = await outcomesOf(db.contextWith({ clearance }).db, [id], campaign);
    return row?.outcome;
  };
  let people = 0;
  const agreed = async (wish: Parameters<typeof db.insertContact>[0] = {}) => {
    const contact = await db.insertContact({ email: `a${people++}@example.org`, mobile: "+41791234567", ...wish });
    await set(contact.id, "institution_email = true, email = true, sms = true");
    return contact;
  };
  const set = (id: string, assignments: string) =>
    db.owner.query(`UPDATE marketing.contact_marketing SET ${assignments} WHERE contact_id = $1`, [id]);

  describe("for every contact and every campaign that there can be", () => {
    const cases = allCases();
    let ids: string[];

    before(async function () {
      // more than ten thousand rows, on a machine that may be busy
      this.timeout(120_000);
      ids = await insertCases(db, cases);
    });

    for (const campaign of campaigns)
      it(`decide as the tables say: ${JSON.stringify(campaign)}`, async () => {
        const asked = db.contextWith({ clearance: 2 });
        const rows = await outcomesOf(asked.db, ids, campaign);
        const outcomes = new Map(rows.map(({ contactId, outcome }) => [contactId, outcome]));
        const together = await everybodysOutcomes(asked.db, audienceOfEverybody(db, campaign));

        const wrong = cases.flatMap((each, index) => {
          const outcome = outcomes.get(ids[index]!);
          return outcome === expected(each, campaign) ? [] : [{ ...each, outcome, expected: expected(each, campaign) }];
        });

        const recipients = await audienceOfEverybody(db, campaign).countRecipients(asked.db);

        expect(rows.length).to.equal(cases.length);
        expect(recipients).to.equal([...together.values()].filter((outcome) => outcome === "SEND").length);
        expect(ids.filter((id) => together.get(id) !== outcomes.get(id))).to.deep.equal([]);
        expect(wrong.slice(0, 3)).to.deep.equal([]);
      });

    it("never send another message than purchase information to a FALSE, and nothing to an anonymized contact", async () => {
      for (const campaign of campaigns) {
        const rows = await outcomesOf(db.contextWith({ clearance: 2 }).db, ids, campaign);
        const caseOf = new Map(ids.map((id, index) => [id, cases[index]!]));
        const sent = rows.filter(({ outcome }) => outcome === "SEND").map(({ contactId }) => caseOf.get(contactId)!);

        expect(sent.some(({ isAnonymized }) => isAnonymized)).to.equal(false);
        if (campaign.isPurchaseInformation || ["ADVANTAGE", "WEB_LINK"].includes(campaign.channel)) continue;
        const isOwn = (campaign.authorization ?? "INSTITUTION_EMAIL") === "INSTITUTION_EMAIL";
        const legal: keyof Case = isOwn
          ? "legal"
          : campaign.authorization === "PARTNER_COMMUNICATION"
            ? "letter"
            : "sms";
        const asked = {
          EMAIL: [legal, "email"],
          ...(isOwn
            ? { SMS: ["sms"], PHONE: ["phone"], LETTER: ["letter"] }
            : { SMS: [legal, "sms"], PHONE: [legal, "phone"], LETTER: [legal, "letter"] }),
        } satisfies Record<string, readonly (keyof Case)[]>;
        for (const key of asked[campaign.channel as keyof typeof asked])
          expect(
            sent.some((each) => each[key] === "FALSE"),
            `${campaign.channel} ${key}`,
          ).to.equal(false);
      }
    });
  });

  it("leave out whom the caller does not see, without a word (G1)", async () => {
    const { id } = await agreed({ level: 1 });

    expect(await reasonOf(id)).to.equal(undefined);
    expect(await reasonOf(id, newsletter, 2)).to.equal("SEND");
  });

  it("honour a refusal that arrives after the audience was evaluated (F40, 5.7)", async () => {
    const { id } = await agreed();
    const evaluated = await reasonOf(id);

    await set(id, "institution_email = false");

    expect([evaluated, await reasonOf(id)]).to.deep.equal(["SEND", "CONSENT_REFUSED"]);
  });

  it("let purchase information through a refusal, not through invalidity or a hard bounce (F41, D-10)", async () => {
    const { id } = await agreed();
    await set(id, "institution_email = false, email = false");
    const refused = [await reasonOf(id), await reasonOf(id, purchase)];
    await set(id, "bounce_status = 2");
    const bounced = await reasonOf(id, purchase);
    await set(id, "validity_end_date = '2026-03-09'");

    expect(refused).to.deep.equal(["CONSENT_REFUSED", "SEND"]);
    expect([bounced, await reasonOf(id, purchase)]).to.deep.equal(["HARD_BOUNCE", "INVALID_CONTACT"]);
  });

  it("tell no answer from a refusal (F42)", async () => {
    const { id } = await agreed();
    await set(id, "institution_email = NULL, email = NULL");

    expect(await reasonOf(id)).to.equal("CONSENT_MISSING");
  });

  it("hold back e-mail alone for a hard bounce (5.6)", async () => {
    const { id } = await agreed();
    await set(id, "bounce_status = 2");

    expect(await reasonOf(id, { ...newsletter, channel: "SMS" })).to.equal("SEND");
  });

  it("do not ask whether a contact is blocked (D-11)", async () => {
    const { id } = await agreed();
    await db.owner.query("UPDATE contacts.contact SET blocked_since = now(), blocked_reason = 'x' WHERE id = $1", [id]);

    expect(await reasonOf(id)).to.equal("SEND");
  });

  describe("for a structure (5.6)", () => {
    const connect = (relay: string, structure: string) =>
      db.owner.query(
        `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
         VALUES ($1, 'RELAY_OF', $2, $3)`,
        [db.home.id, relay, structure],
      );

    it("ask its primary relay, who receives it", async () => {
      const { id } = await db.insertContact({ structureName: "Lycée" });
      const relay = await agreed({ roles: ["RELAY"] });
      await connect(relay.id, id);

      expect(await outcomesOf(db.context.db, [id], newsletter)).to.deep.equal([
        { contactId: id, recipientId: relay.id, outcome: "SEND", consentEventId: null, shipmentId: null, place: id },
      ]);
      await set(relay.id, "email = false");
      expect(await reasonOf(id)).to.equal("CONSENT_REFUSED");
      expect(await reasonOf(id, { ...newsletter, channel: "LETTER" })).to.equal("NO_ADDRESS");
    });

    it("say NO_ADDRESS when it has no relay, or none whom the caller sees; advantages need none", async () => {
      const { id } = await db.insertContact({ structureName: "Lycée", email: "office@example.org" });
      const hidden = await agreed({ level: 1, roles: ["RELAY"] });
      const before = await reasonOf(id);
      await connect(hidden.id, id);

      expect([before, await reasonOf(id)]).to.deep.equal(["NO_ADDRESS", "NO_ADDRESS"]);
      expect(await reasonOf(id, newsletter, 2)).to.equal("SEND");
      expect(await reasonOf(id, { ...newsletter, channel: "ADVANTAGE" })).to.equal("SEND");
    });

    it("hold it back when it is invalid itself", async () => {
      const { id } = await db.insertContact({ structureName: "Lycée", validityEndDate: "2026-03-09" });
      const relay = await agreed({ roles: ["RELAY"] });
      await connect(relay.id, id);

      expect(await reasonOf(id)).to.equal("INVALID_CONTACT");
    });
  });
});

const days = { NONE: null, TOMORROW: "2026-03-11", TODAY: "2026-03-10", YESTERDAY: "2026-03-09" };
const stored = { TRUE: true, FALSE: false, EMPTY: null };
const bounces = { NONE: 0, SOFT: 1, HARD: 2 };

/** Contacts as these, in their order, each with marketing's row. */
async function insertCases(db: TestDatabase, cases: readonly Case[]): Promise<string[]> {
  const rows = cases.map((each, index) => ({
    id: 1_000_000 + index,
    contact_type: "INDIVIDUAL",
    last_name: "Muster",
    confidentiality_level: 0,
    validity_end_date: days[each.end],
    anonymized_at: each.isAnonymized ? "2026-03-01" : null,
    ...{ institution_email: stored[each.legal], email: stored[each.email], sms: stored[each.sms] },
    partner_communication: stored[partnersOf(each).partners],
    third_party_transfer: stored[partnersOf(each).thirdParties],
    ...{ phone: stored[each.phone], letter: stored[each.letter], bounce_status: bounces[each.bounce] },
    ...{ has_email: each.isReachable, has_mobile: each.isReachable, has_phone: each.isReachable },
    has_postal_address: each.isReachable,
  }));
  const shared = "contact_type, confidentiality_level, validity_end_date, anonymized_at";
  const own =
    "institution_email, partner_communication, third_party_transfer, email, sms, phone, letter, bounce_status, has_email, has_mobile, has_phone, has_postal_address";
  const columns = `id bigint, contact_type text, last_name text, confidentiality_level smallint, validity_end_date date,
    anonymized_at timestamptz, institution_email boolean, partner_communication boolean, third_party_transfer boolean, email boolean, sms boolean, phone boolean, letter boolean,
    bounce_status smallint, has_email boolean, has_mobile boolean, has_phone boolean, has_postal_address boolean`;
  await db.owner.query(
    `WITH given AS (SELECT * FROM jsonb_to_recordset($2) AS r (${columns})),
     contact AS (
       INSERT INTO contacts.contact (institution_id, id, last_name, ${shared})
       SELECT $1, id, last_name, ${shared} FROM given)
     INSERT INTO marketing.contact_marketing (institution_id, contact_id, ${shared}, ${own})
     SELECT $1, id, ${shared}, ${own} FROM given`,
    [db.home.id, JSON.stringify(rows)],
  );
  // else the planner takes the tables for empty, and may compare each contact with each
  await db.owner.query("ANALYZE contacts.contact, marketing.contact_marketing");
  return rows.map(({ id }) => String(id));
}
