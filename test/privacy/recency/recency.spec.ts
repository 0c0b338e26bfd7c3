import { expect } from "chai";
import type { RaisedLevels } from "../../../src/platform/access/fields.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { computeRecency } from "../../../src/privacy/recency/index.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ask, contextOf } from "../graph.js";
import { Lives } from "../lives.js";

const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact {
  gdprRecency { date computedAt decidingActivity { kind organization recordId } } gdprRecencyMonth } } }`;

describe("the GDPR recency of a contact (F43, domain 4.1)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let lives: Lives;

  beforeEach(async () => {
    institution = await db.institution();
    lives = new Lives(db, institution);
  });

  async function compute(...contacts: TestContact[]): Promise<Record<string, string>> {
    const services = db.services();
    const ids = contacts.map(({ id }) => id);
    await db.owner.query("DELETE FROM privacy.gdpr_recency WHERE contact_id = ANY($1)", [ids]);
    await inTransaction(services.pools.api, systemSession(services, institution.id), (sql) => computeRecency(sql, ids));
    const { rows } = await db.owner.query<{ id: string; day: string }>(
      "SELECT contact_id AS id, day::text FROM privacy.gdpr_recency WHERE contact_id = ANY($1)",
      [ids],
    );
    return Object.fromEntries(rows.map(({ id, day }) => [id, day]));
  }
  const dayOf = async (contact: TestContact) => (await compute(contact))[contact.id];

  async function shown(
    contact: TestContact,
    wish: ContextWish = {},
    permission: "history:read" | null = "history:read",
  ) {
    const context = contextOf(db, "contact:read", ...(permission ? [permission] : []), { institution, ...wish });
    const { data, errors } = await ask(context, document, { r: [{ __typename: "Contact", id: contact.opaqueId }] });
    if (errors) throw errors[0];
    return data?._entities[0];
  }

  const dated: readonly (readonly [string, string, string, string])[] = [
    ["A1: an option", "OPTION", "ACTIVE", "OPTION_ACQUIRED"],
    ["A2: an option that was confirmed", "OPTION", "CONFIRMED", "OPTION_CONFIRMED"],
    ["A3: a reservation that was cancelled", "RESERVATION", "CANCELLED", "RESERVATION"],
    ["A4: a sale", "SALE", "ACTIVE", "SALE"],
  ];
  for (const [title, kind, state, decided] of dated)
    it(`is of ${title} the end of the product's validity, and names the order`, async () => {
      const contact = await lives.person("2010-01-01");
      await lives.buys(contact, { on: "2021-12-20", until: "2022-05-01", kind, state });

      await compute(contact);

      const { gdprRecency, gdprRecencyMonth } = await shown(contact);
      expect(gdprRecency).to.deep.include({ date: "2022-05-01", computedAt: db.clock.now().toISOString() });
      expect(gdprRecency.decidingActivity).to.include({ kind: decided, organization: "OPERA" });
      expect(gdprRecency.decidingActivity.recordId).to.be.a("string");
      expect(gdprRecencyMonth).to.equal("202205");
    });

  const cases: readonly (readonly [string, (contact: TestContact) => Promise<unknown>, string, string])[] = [
    [
      "the day on which something undated was bought (E2)",
      (c) => lives.buys(c, { on: "2022-01-10" }),
      "2022-01-10",
      "SALE",
    ],
    ["the day of creation of who did nothing (A0, E4)", async () => undefined, "2010-01-01", "CREATION"],
    ["A6: the day of a click (E5)", (c) => lives.clicks(c, "2022-03-02"), "2022-03-02", "CLICK"],
    [
      "not that of a mail that was opened (E5b)",
      (c) => lives.clicks(c, "2022-03-02", "OPEN"),
      "2010-01-01",
      "CREATION",
    ],
    [
      "A8: the day of a change of authorizations after which one is TRUE (E6)",
      async (c) => {
        await lives.authorizes(c, "2018-01-01", { SMS: "TRUE", INSTITUTION_EMAIL: "TRUE" });
        await lives.buys(c, { on: "2020-01-01", until: "2020-02-01" });
        await lives.authorizes(c, "2023-04-01", { SMS: "FALSE" });
      },
      ...(["2023-04-01", "AUTHORIZATION"] as const),
    ],
    [
      "not that of the withdrawal of the last TRUE (E7)",
      async (c) => {
        await lives.authorizes(c, "2018-01-01", { SMS: "TRUE" });
        await lives.buys(c, { on: "2020-01-01", until: "2020-02-01" });
        await lives.authorizes(c, "2023-04-01", { SMS: "FALSE" });
      },
      ...(["2020-02-01", "SALE"] as const),
    ],
    [
      "that of a yes which was taken back on the same day (E8)",
      async (c) => {
        await lives.authorizes(c, "2023-04-01", { SMS: "TRUE" });
        await lives.authorizes(c, "2023-04-01", { SMS: "FALSE" });
      },
      ...(["2023-04-01", "AUTHORIZATION"] as const),
    ],
    [
      "the day of the product, though the file is younger: a migrated contact (E10)",
      (c) => lives.buys(c, { on: "2009-06-01", until: "2009-03-03" }),
      ...(["2009-03-03", "SALE"] as const),
    ],
    [
      "A7: the day on which a criterion changed",
      (c) => lives.classifies(c, "2021-05-05", true),
      "2021-05-05",
      "CRITERION",
    ],
    [
      "not that of the same value saved again (E29)",
      async (c) => {
        await lives.classifies(c, "2019-05-01", true);
        await lives.classifies(c, "2024-05-01", true);
      },
      ...(["2019-05-01", "CRITERION"] as const),
    ],
    [
      "A5: the local day of a request (E23)",
      (c) => lives.waits(c, "2022-01-09T23:30:00Z"),
      "2022-01-10",
      "WAITING_LIST",
    ],
    [
      "a day in the future (4.1.3, E34)",
      (c) => lives.buys(c, { on: "2025-01-09", until: "2025-06-01" }),
      ...(["2025-06-01", "SALE"] as const),
    ],
    [
      "the latest of all, in any organization (F44, E16)",
      async (c) => {
        await lives.clicks(c, "2020-01-01");
        await lives.buys(c, { on: "2023-01-01", until: "2024-02-02", organization: "MUSEUM" });
        await lives.classifies(c, "2023-06-01", true);
        await lives.buys(c, { on: "2021-01-01", until: "2021-02-02" });
      },
      ...(["2024-02-02", "SALE"] as const),
    ],
  ];
  for (const [title, live, date, kind] of cases)
    it(`is ${title}`, async () => {
      const contact = await lives.person("2010-01-01");
      await live(contact);

      expect(await dayOf(contact)).to.equal(date);
      const { gdprRecency } = await shown(contact);
      expect([gdprRecency.date, gdprRecency.decidingActivity.kind]).to.deep.equal([date, kind]);
    });

  it("is the same for who attends and who bought for him (E19)", async () => {
    const [child, mother] = [await lives.person("2010-01-01"), await lives.person("2010-01-01")];
    await lives.buys(mother, { on: "2023-01-01", until: "2023-05-05", for: child });

    expect(await compute(child, mother)).to.deep.equal({ [child.id]: "2023-05-05", [mother.id]: "2023-05-05" });
  });

  it("is not worked out for structures, the anonymized, and who has another role, beside PUBLIC too (F47, E17, E18)", async () => {
    const people = await Promise.all([
      lives.person("2012-01-01", { structureName: "School", roles: [] }),
      lives.person("2012-01-01", { roles: ["PUBLIC", "GUIDE"] }),
      lives.person("2012-01-01", { anonymizedAt: new Date("2020-01-01T00:00:00Z") }),
    ]);
    const relay = await lives.person("2012-01-01", { roles: ["RELAY"] });

    expect(await compute(...people, relay)).to.deep.equal({ [relay.id]: "2012-01-01" });
  });

  it("leaves changes by imports out where the institution says so (Q-15)", async () => {
    const contact = await lives.person("2010-01-01");
    await lives.classifies(contact, "2019-05-01", true);
    await lives.classifies(contact, "2022-05-01", false, { source: "IMPORT" });
    await lives.classifies(contact, "2023-05-01", true, { source: "UNDO" });
    expect(await dayOf(contact)).to.equal("2023-05-01");

    await db.owner.query(
      "INSERT INTO privacy.institution_setting (institution_id, import_renews_recency) VALUES ($1, false)",
      [institution.id],
    );

    expect(await dayOf(contact)).to.equal("2019-05-01");
  });

  it("is shown as it was worked out last, whatever happened since (domain 4.4)", async () => {
    const contact = await lives.person("2018-06-01");
    expect(await shown(contact)).to.deep.equal({ gdprRecency: null, gdprRecencyMonth: null });
    await compute(contact);

    await lives.clicks(contact, "2021-01-01");

    const { gdprRecency, gdprRecencyMonth } = await shown(contact);
    expect([gdprRecency.date, gdprRecencyMonth]).to.deep.equal(["2018-06-01", "201806"]);
    expect(gdprRecency.computedAt).to.equal("2018-06-01T12:00:00.000Z");
    await compute(contact);
    expect((await shown(contact)).gdprRecency.date).to.equal("2021-01-01");
  });

  it("is withheld with what it tells of, and from who may not read histories", async () => {
    const contact = await lives.person("2018-06-01");
    await compute(contact);
    const raised = (field: string): ContextWish => ({ raisedLevels: new Map([[field, 1]]) as RaisedLevels });
    const none = { gdprRecency: null, gdprRecencyMonth: null };

    expect(await shown(contact, {}, null)).to.deep.equal(none);
    for (const field of ["Contact.purchaseHistory", "Contact.criteria", "Contact.authorizations", "Contact.createdAt"])
      expect(await shown(contact, raised(field)), field).to.deep.equal(none);
    expect((await shown(contact, { ...raised("Contact.criteria"), clearance: 1 })).gdprRecencyMonth).to.equal("201806");
  });
});
