import { expect } from "chai";
import { mergeCatalogues } from "../../../src/platform/access/fields.js";
import { product } from "../../../src/product.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import { marketingPort } from "../../support/marketing.js";

describe("contacts that are shared with a partner (design 3)", () => {
  const db = useDatabase();

  const catalogue = mergeCatalogues(product.modules.map(({ fields }) => fields));
  const partner = (wish: ContextWish = {}) =>
    db.contextWith("import:run", "target:read", {
      ...{ kind: "PARTNER", login: "pa", services: db.services({ catalogue }) },
      ...wish,
    });
  const shared = (ids: readonly string[], context = partner()) =>
    marketingPort.sharedContacts(context, context.db, ids);

  async function share(field: string, values: readonly string[], clearance = 0): Promise<void> {
    const filter = { condition: { field, operator: "IS_ANY_OF", values } };
    const { rows } = await db.owner.query(
      `INSERT INTO marketing.target (institution_id, name, target_kind, filter, clearance, owner, owner_kind, owner_claims)
       VALUES ($1, 'T', 'DYNAMIC', $2, $3, 'somebody', 'OPERATOR', '{}') RETURNING id`,
      [db.home.id, filter, clearance],
    );
    await db.owner.query("INSERT INTO marketing.target_share VALUES ($1, $2, 'pa')", [db.home.id, rows[0].id]);
  }

  it("are those in any of his targets, however many these are, and nobody who is invalid or not seen", async () => {
    const inFirst = await db.insertContact({ language: "aa" });
    const inLast = await db.insertContact({ language: "zu" });
    const others = [
      await db.insertContact({ language: "de" }),
      await db.insertContact({ language: "aa", level: 1 }),
      await db.insertContact({ language: "aa", validityEndDate: "2020-01-01" }),
    ];
    await share("contact.language", ["aa"]);
    for (let index = 0; index < 60; index++) await share("contact.language", ["xh"]);
    await share("contact.language", ["zu"]);
    const ids = [inFirst, inLast, ...others].map(({ id }) => id);

    expect([...(await shared(ids))]).to.have.members([inFirst.id, inLast.id]);
    expect([...(await shared([others[0]!.id]))]).to.deep.equal([]);
  });

  it("are none for other callers, nor without the right to read targets", async () => {
    const { id } = await db.insertContact({ language: "zu" });

    expect([...(await shared([id]))]).to.deep.equal([id]);
    expect([...(await shared([id], partner({ login: "other" })))]).to.deep.equal([]);
    expect([...(await shared([id], partner({ kind: "OPERATOR" })))]).to.deep.equal([]);
    expect([...(await shared([id], db.contextWith("import:run", { kind: "PARTNER", login: "pa" })))]).to.deep.equal([]);
  });

  it("are none by a filter that he may not ask", async () => {
    const { id } = await db.insertContact({ language: "sw" });
    await share("contact.language", ["sw"]);
    const raisedLevels = new Map([["Contact.language", 1]]) as ContextWish["raisedLevels"];

    expect([...(await shared([id]))]).to.deep.equal([id]);
    expect([...(await shared([id], partner({ raisedLevels: raisedLevels! })))]).to.deep.equal([]);
  });
});
