import { expect } from "chai";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { Books } from "./books.js";

/** The views that history publishes for the others, each about contacts. */
const views = [
  ...["activity", "advantage", "attendance", "balance", "customer", "indicator", "membership", "payment", "purchase"],
  "purchase_line",
];

describe("what history publishes for the others", () => {
  const db = useDatabase();
  let seen: TestContact;
  let hidden: TestContact;

  before(async () => {
    const books = new Books(db);
    [seen, hidden] = [await db.insertContact(), await db.insertContact({ level: 1 })];
    await books.season("2025", "2025-09-01", "2026-06-30");
    const product = await books.product("PERFORMANCE", "2026-05-05", { season: "2025" });
    for (const contact of [seen, hidden]) {
      const tickets = [{ of: contact, price: "45" }];
      const lines = [{ product, amount: "45", isForChildren: true, tickets }];
      const order = await books.order({ by: contact, total: "45", at: "2026-03-01T23:30:00Z", lines });
      await books.payment(contact, order, "40");
      await books.membership(contact, await books.product("MEMBERSHIP", null, { season: "2025" }), "2026-01-01", null);
      await books.advantage(contact, "VIP");
    }
  });

  async function rowsOf(
    view: string,
    { clearance = 0, institution = db.home }: { clearance?: Clearance; institution?: TestInstitution } = {},
  ): Promise<Record<string, unknown>[]> {
    const session = {
      ...{ institutionId: institution.id, clearance, ownContactId: null, actor: "reader", actorKind: "OPERATOR" },
      ...{ source: "OPERATOR" as const, timeZone: institution.timeZone, clock: db.clock },
    };
    return inTransaction(db.services().pools.api, session, async (sql) => {
      const { rows } = await sql.query(`SELECT * FROM history.visible_${view} WHERE institution_id = $1`, [
        institution.id,
      ]);
      return rows;
    });
  }
  const contactsIn = (rows: Record<string, unknown>[]) => [...new Set(rows.map((row) => row.contact_id))].sort();

  it("is these views, with the institution and the contact in each", async () => {
    const { rows } = await db.owner.query<{ view: string; columns: string[] }>(
      `SELECT c.relname AS view, array_agg(a.attname::text) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
       WHERE c.relnamespace = 'history'::regnamespace AND c.relkind = 'v' AND c.relname LIKE 'visible_%'
       GROUP BY 1 HAVING 'contact_id' = ANY(array_agg(a.attname)) ORDER BY 1`,
    );

    expect(rows.map(({ view }) => view)).to.include.members(views.map((view) => `visible_${view}`));
    for (const { view, columns } of rows) expect(columns, view).to.include.members(["institution_id", "contact_id"]);
  });

  for (const view of views)
    it(`has rows in visible_${view} about those whom the caller sees only (F05)`, async () => {
      expect(contactsIn(await rowsOf(view))).to.deep.equal([seen.id]);
      expect(contactsIn(await rowsOf(view, { clearance: 1 }))).to.deep.equal([seen.id, hidden.id].sort());
      expect(await rowsOf(view, { clearance: 2, institution: await db.institution() })).to.deep.equal([]);
    });

  it("says what targets ask for", async () => {
    const [purchase] = await rowsOf("purchase");
    const [line] = await rowsOf("purchase_line");
    const [attendance] = await rowsOf("attendance");
    const [payment] = await rowsOf("payment");
    const [membership] = await rowsOf("membership");
    const [balance] = await rowsOf("balance");

    expect(purchase).to.include({ operation_kind: "SALE", ordered_on: "2026-03-02", total: "45.00", currency: "CHF" });
    expect(line).to.include({ product_kind: "PERFORMANCE", season_code: "2025", is_children_tariff: true });
    expect(attendance).to.include({ ticket_state: "VALID", product_day: "2026-05-05", price: "45.00" });
    expect(payment).to.include({ paid_on: "2026-03-02", amount: "40.00", payment_method: "CARD" });
    expect(membership).to.include({ valid_from: "2026-01-01", valid_to: "2026-06-30", membership_state: "ACTIVE" });
    expect(balance).to.include({ organization: "OPERA", amount: "5.00" });
  });
});
