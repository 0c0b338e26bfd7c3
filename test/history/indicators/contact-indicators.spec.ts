import { expect } from "chai";
import { execute, parse } from "graphql";
import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { askHistory, plain } from "../../support/history.js";
import { ingest, lineOf, named, orderRecord, productRecord } from "../../support/ingest.js";
import type { TestContact } from "../../support/rows.js";
import { Books } from "../facts/books.js";
import { Reckoner } from "./reckoner.js";

interface Shown {
  readonly code: string;
  readonly label: string;
  readonly value: string | null;
  readonly level: string | null;
  readonly levelLabel: string | null;
  readonly computedAt: string | null;
}

describe("Contact.indicators (F22)", () => {
  const db = useDatabase();
  let books: Books;
  before(async () => {
    books = new Books(db);
    await books.season("2025", "2025-09-01", "2026-06-30");
  });
  const reader = (wish: ContextWish = {}) =>
    db.contextWith("contact:read", "history:read", {
      services: db.services({
        // the summary's last activity is of all three
        catalogue: mergeCatalogues([contactsModule.fields, marketingModule.fields, historyModule.fields]),
      }),
      ...wish,
    });

  async function indicatorsOf(contact: TestContact, wish: ContextWish = {}): Promise<Shown[] | null> {
    const fields = "indicators { code label value level levelLabel computedAt }";
    const { data, errors } = await askHistory(reader(wish), [contact], fields);
    expect(errors).to.equal(undefined);
    return (plain(data!._entities[0]) as unknown as { indicators: Shown[] | null }).indicators;
  }
  const inShort = (shown: Shown[] | null) => shown!.map(({ code, value, level }) => [code, value, level]);

  it("shows all seven of somebody of whom nothing was ever worked out, as without a history", async () => {
    const shown = await indicatorsOf(await db.insertContact());

    expect(inShort(shown)).to.deep.equal([
      ["ASSIDUITY", "0", "INACTIVE"],
      ["CHILDREN_PRODUCT", null, "NO"],
      ["MEMBERSHIP", null, "NO"],
      ["SML", "0.00", null],
      ["SEASON_TICKET_HOLDER", null, "NO"],
      ["SENIORITY", "0", null],
      ["BALANCE", null, "EVEN"],
    ]);
    expect(shown!.slice(0, -1).map(({ computedAt }) => computedAt)).to.deep.equal(Array(6).fill(null));
  });

  it("follows a delivery at once", async () => {
    const contact = await db.insertContact();
    const opera = productRecord({ startsAt: "2026-05-02T18:00:00Z", validityEndDate: "2026-05-02" });
    const line = { ...lineOf(opera, contact), isChildrenTariff: true };
    const order = orderRecord({ purchaser: named(contact), lines: [line], orderedAt: "2021-03-01T12:00:00Z" });

    await ingest(db, [opera, order]);

    const shown = await indicatorsOf(contact);
    expect(inShort(shown).slice(0, 2)).to.deep.equal([
      ["ASSIDUITY", "1", "OCCASIONAL"],
      ["CHILDREN_PRODUCT", null, "YES"],
    ]);
    expect(inShort(shown)[5]).to.deep.equal(["SENIORITY", "5", null]);
    expect(shown![0]!.computedAt).to.equal(db.clock.now().toISOString());
  });

  it("is called PMG in French and Spanish, and is one indicator", async () => {
    const contact = await db.insertContact();
    const labels = async (locale: "en" | "fr" | "es") =>
      (await indicatorsOf(contact, { locale }))!.filter(({ code }) => code === "SML").map(({ label }) => label);

    expect(await labels("en")).to.deep.equal(["SML (small, medium, large)"]);
    expect(await labels("fr")).to.deep.equal(["PMG (petit, moyen, grand)"]);
    expect(await labels("es")).to.deep.equal(["PMG (pequeño, mediano, grande)"]);
  });

  it("has no mutation that sets a value", async () => {
    const { schema } = await historyModule.buildSubgraph();
    const mutations = Object.keys(schema.getMutationType()!.getFields());

    expect(mutations.filter((name) => /indicator/i.test(name)).sort()).to.deep.equal([
      "cancelIndicatorRun",
      "recomputeIndicators",
      "setIndicatorBand",
      "setIndicatorSetting",
    ]);
  });

  it("tells by the balance what the caller sees of it (Q-29)", async () => {
    const [contact, hidden] = [await db.insertContact(), await db.insertContact({ level: 2 })];
    const order = await books.order({ by: contact, total: "10" });
    const balanceOf = async (wish: ContextWish) => (await indicatorsOf(contact, wish))!.at(-1)!.level;
    expect(await balanceOf({})).to.equal("DEBTOR");

    await books.payment(hidden, order, "10");
    expect([await balanceOf({}), await balanceOf({ clearance: 2 })]).to.deep.equal(["DEBTOR", "EVEN"]);

    await books.payment(contact, null, "5", { organization: "MUSEUM" });
    expect([await balanceOf({}), await balanceOf({ clearance: 2 })]).to.deep.equal(["DEBTOR_AND_CREDITOR", "CREDITOR"]);
  });

  it("counts his own doings only, not those of a structure's relays", async () => {
    const [school, relay] = [await db.insertContact({ structureName: "Schule" }), await db.insertContact()];
    await db.owner.query(
      `INSERT INTO contacts.contact_connection (institution_id, connection_type, from_contact_id, to_contact_id)
       VALUES ($1, 'RELAY_OF', $2, $3)`,
      [db.home.id, relay.id, school.id],
    );
    const product = await books.product("PERFORMANCE", "2026-02-02");
    await books.order({ by: relay, at: "2020-01-01T10:00:00Z", lines: [{ product, tickets: [{ of: relay }] }] });
    await new Reckoner(db).recompute(relay, school);

    expect((await indicatorsOf(relay))![5]).to.include({ value: "6" });
    expect((await indicatorsOf(school))![5]).to.include({ value: "0" });
  });

  it("is null for an anonymized contact, without history:read, and with anything withheld that it counts", async () => {
    const contact = await db.insertContact();
    const shell = await db.insertContact({ anonymizedAt: new Date("2026-01-01T00:00:00Z") });

    expect(await indicatorsOf(shell)).to.equal(null);
    expect(await indicatorsOf(contact, { raisedLevels: new Map([["OrderLine.amount", 1]]) })).to.equal(null);
    expect(await indicatorsOf(contact, { raisedLevels: new Map([["Contact.indicators", 2]]) })).to.equal(null);
    const without = db.contextWith("contact:read", { services: db.services({ catalogue: historyModule.fields }) });
    const { data } = await askHistory(without, [contact], "indicators { code }");
    expect(plain(data!._entities)).to.deep.equal([{ indicators: null }]);
  });

  it("gives the summary the same, unless that is withheld (F03)", async () => {
    const [contact, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    const { schema } = await historyModule.buildSubgraph();
    const document = parse(
      "query ($of: [_Any!]!) { _entities(representations: $of) { ... on ContactSummary { indicators { code } } } }",
    );
    const ask = async (wish: ContextWish = {}) => {
      const of = [contact, hidden].map(({ opaqueId: id }) => ({ __typename: "ContactSummary", id }));
      const answer = await execute({ schema, document, contextValue: reader(wish), variableValues: { of } });
      const entities = plain(answer.data as object) as { _entities: ({ indicators: unknown[] | null } | null)[] };
      return entities._entities.map((each) => each && (each.indicators?.length ?? null));
    };

    expect(await ask()).to.deep.equal([7, null]);
    expect(await ask({ raisedLevels: new Map([["ContactSummary.indicators", 1]]) })).to.deep.equal([null, null]);
  });
});
