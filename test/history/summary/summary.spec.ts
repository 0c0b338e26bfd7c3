import { expect } from "chai";
import { contactsModule } from "../../../src/contacts/index.js";
import { historyModule } from "../../../src/history/index.js";
import { marketingModule } from "../../../src/marketing/index.js";
import type { Clearance } from "../../../src/platform/access/clearance.js";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import { ask } from "../../support/ask.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { insertOrder, insertPayment, insertProduct } from "../../support/history.js";
import type { TestContact } from "../../support/rows.js";
import { historySchema } from "../shipments/support.js";

const query = `query ($summaries: [_Any!]!) { _entities(representations: $summaries) { ... on ContactSummary { id lastActivityDate } } }`;

describe("the last activity in a contact's summary (F03)", () => {
  const db = useDatabase();
  const reader = (wish: ContextWish = {}) => {
    const modules = [contactsModule, marketingModule, historyModule];
    const services = db.services({ catalogue: mergeCatalogues(modules.map(({ fields }) => fields)) });
    return db.contextWith("contact:read", "history:read", { services, ...wish });
  };

  async function lastActivities(contacts: readonly TestContact[], context = reader()) {
    const summaries = contacts.map(({ opaqueId }) => ({ __typename: "ContactSummary", id: opaqueId }));
    const { _entities } = await ask(await historySchema(), context, query, { summaries });
    return _entities.map((summary: { lastActivityDate: string | null } | null) => summary?.lastActivityDate);
  }

  it("is the latest day of any module, for any number of contacts; a validity may lie ahead", async () => {
    const [buyer, voter, clicker, payer] = await Promise.all([0, 1, 2, 3].map(() => db.insertContact()));
    const product = await insertProduct(db, { validityEnd: "2026-12-24" });
    await insertOrder(db, buyer!, { orderedAt: "2026-02-01T10:00:00Z", lines: [{ product, tickets: [{}] }] });
    await insertOrder(db, voter!, { orderedAt: "2025-02-01T10:00:00Z" });
    await insertPayment(db, payer!, {});
    await db.owner.query(
      `INSERT INTO contacts.activity (institution_id, contact_id, day, kind, source)
       VALUES ($1, $2, '2026-01-02', 'CRITERION', 'OPERATOR')`,
      [db.home.id, voter!.id],
    );
    await db.owner.query(
      `INSERT INTO marketing.activity (institution_id, contact_id, day, kind, source)
       VALUES ($1, $2, '2026-01-03', 'CLICK', 'SAM')`,
      [db.home.id, clicker!.id],
    );

    expect(await lastActivities([buyer!, voter!, clicker!, payer!])).to.deep.equal([
      "2026-12-24",
      "2026-01-02",
      "2026-01-03",
      null,
    ]);
  });

  it("is nobody's who is invisible, and none of who is anonymized (F05)", async () => {
    const [hidden, gone] = [
      await db.insertContact({ level: 1 }),
      await db.insertContact({ anonymizedAt: new Date(0) }),
    ];
    for (const contact of [hidden, gone]) await insertOrder(db, contact);

    expect(await lastActivities([hidden, gone])).to.deep.equal([undefined, null]);
  });

  it("is withheld with what it may be the day of", async () => {
    const contact = await db.insertContact();
    await insertOrder(db, contact);

    for (const field of ["Contact.summary", "Contact.purchaseHistory", "Contact.criteria", "Product.validityEndDate"]) {
      const raisedLevels = new Map<string, Clearance>([[field, 1]]);
      expect((await lastActivities([contact], reader({ raisedLevels })))[0], field).to.not.be.a("string");
    }
    const withoutHistory = db.contextWith("contact:read", { services: reader().services });
    expect(await lastActivities([contact], withoutHistory)).to.deep.equal([null]);
    expect((await lastActivities([contact]))[0]).to.be.a("string");
  });
});
