import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import { encodeId } from "../../../src/platform/graphql/opaque-id.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import { insertOrder, insertProduct } from "../../support/history-rows.js";
import type { TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { answered, campaigner, codesOf, mutate, readCampaign, targetOf } from "./campaigns.js";

describe("campaigns", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;
  let target: string;

  beforeEach(async () => {
    institution = await db.institution();
    context = as();
    target = await targetOf(context);
  });

  const as = (wish: ContextWish = {}) =>
    campaigner(db, { institution, clearance: 1, login: "marketer", organizations: ["OPERA", "BALLET"], ...wish });
  const create = (wish: object = {}, by = context) =>
    mutate(by, "createCampaign", { name: "March", type: "NEWSLETTER", channel: "EMAIL", targetIds: [target], ...wish });

  it("are made as drafts, of the caller's current organization", async () => {
    const { campaign } = await create({ name: " March ", subject: "Spring", targetIds: [target, target] });

    expect(campaign).to.deep.include({
      ...{ name: "March", type: "NEWSLETTER", channel: "EMAIL", state: "DRAFT", subject: "Spring" },
      ...{ authorization: null, businessContactsOnly: false, organization: "OPERA", owner: "marketer", version: 1 },
      ...{ targets: [{ id: target }], orderIds: [], productIds: [] },
    });
    expect(await readCampaign(context, campaign!.id)).to.deep.equal(campaign);
  });

  it("are listed, the newest first, by where they stand", async () => {
    const ids = [];
    for (const name of ["one", "two", "three"]) ids.push((await create({ name })).campaign!.id);
    const list = async (args: string) => {
      const { campaigns } = (await answered(
        context,
        `{ campaigns(${args}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      )) as { campaigns: { nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
      return { ids: campaigns.nodes.map(({ id }) => id), pageInfo: campaigns.pageInfo };
    };

    const first = await list("first: 2");
    const rest = await list(`first: 2, after: "${first.pageInfo.endCursor}"`);

    expect([...first.ids, ...rest.ids]).to.deep.equal(ids.toReversed());
    expect((await list("first: 9, states: [DRAFT]")).ids).to.have.length(3);
    expect((await list("first: 9, states: [SENT]")).ids).to.deep.equal([]);
  });

  it("change what is given, and count each change", async () => {
    const { campaign } = await create({ subject: "Spring", authorization: "PARTNER_COMMUNICATION" });

    const changed = await mutate(context, "updateCampaign", {
      ...{ id: campaign!.id, version: 1, name: "April", type: "PROMOTION", businessContactsOnly: true },
      ...{ subject: null, authorization: null, targetIds: [] },
    });

    expect(changed.campaign).to.deep.include({
      ...{ name: "April", type: "PROMOTION", subject: null, authorization: null, businessContactsOnly: true },
      ...{ targets: [], version: 2, channel: "EMAIL", organization: "OPERA" },
    });
    expect(codesOf(await mutate(context, "updateCampaign", { id: campaign!.id, version: 1 }))).to.deep.equal([
      "VERSION_CONFLICT version",
    ]);
  });

  it("tell in the audit who chose what, the type and the option for business contacts above all (Q-19, 5.4)", async () => {
    const { campaign } = await create({ type: "PURCHASE_INFORMATION" });
    await mutate(as({ login: "colleague" }), "updateCampaign", {
      ...{ id: campaign!.id, type: "OTHER", businessContactsOnly: true },
    });

    const { rows } = await db.owner.query(
      `SELECT concat_ws(' ', actor, field, old_value, new_value) AS entry FROM marketing.audit_campaign
       WHERE institution_id = $1 AND field IN ('type', 'businessContactsOnly') ORDER BY id`,
      [institution.id],
    );
    expect(rows.map(({ entry }) => entry)).to.have.members([
      "marketer type PURCHASE_INFORMATION",
      "marketer businessContactsOnly false",
      "colleague type PURCHASE_INFORMATION OTHER",
      "colleague businessContactsOnly false true",
    ]);
  });

  it("are owned by who sets their targets", async () => {
    const { campaign } = await create();
    const colleague = as({ login: "colleague" });

    const renamed = await mutate(colleague, "updateCampaign", { id: campaign!.id, name: "April" });
    const retargeted = await mutate(colleague, "updateCampaign", { id: campaign!.id, targetIds: [target] });

    expect(renamed.campaign).to.include({ owner: "marketer" });
    expect(retargeted.campaign).to.include({ owner: "colleague" });
  });

  it("do not exist for who sees less than their owner, nor for partners (F05)", async () => {
    const { campaign } = await create();
    const strangers = [as({ clearance: 0 }), as({ kind: "PARTNER" })];

    for (const stranger of strangers) {
      expect(await readCampaign(stranger, campaign!.id)).to.equal(null);
      expect(await answered(stranger, "{ campaigns(first: 9) { nodes { id } } }")).to.deep.equal({
        campaigns: { nodes: [] },
      });
      expect(codesOf(await mutate(stranger, "updateCampaign", { id: campaign!.id, name: "x" }))).to.deep.equal([
        "CAMPAIGN_NOT_FOUND id",
      ]);
    }
    expect(await readCampaign(as({ institution: await db.institution() }), campaign!.id)).to.equal(null);
  });

  it("as purchase information name the orders and products that they are about, and warn without any (F41)", async () => {
    const place = { owner: db.owner, home: institution };
    const [purchaser, hidden] = [
      await db.insertContact({ institution }),
      await db.insertContact({ institution, level: 2 }),
    ];
    const product = await insertProduct(place);
    const [order, secret] = [await insertOrder(place, purchaser), await insertOrder(place, hidden)];
    const about = { type: "PURCHASE_INFORMATION", orderIds: [order.opaqueId], productIds: [product.opaqueId] };

    const named = await create(about);
    expect(named.campaign).to.deep.include({ orderIds: [order.opaqueId], productIds: [product.opaqueId] });
    expect(named.warnings).to.deep.equal([]);
    expect((await create({ type: "PURCHASE_INFORMATION" })).warnings).to.deep.equal([{ code: "PURCHASE_NOT_NAMED" }]);
    expect(codesOf(await create({ ...about, type: "OTHER" }))).to.deep.equal(["PURCHASE_NOT_APPLICABLE orderIds"]);
    expect(codesOf(await create({ ...about, orderIds: [order.opaqueId, secret.opaqueId] }))).to.deep.equal([
      "PURCHASE_NOT_FOUND orderIds 1",
    ]);
    expect(codesOf(await create({ ...about, productIds: [encodeId("Product", "999999")] }))).to.deep.equal([
      "PURCHASE_NOT_FOUND productIds 0",
    ]);
  });

  it("refuse what does not fit, and say what", async () => {
    const refused: [object, string][] = [
      [{ name: " " }, "FIELD_REQUIRED name"],
      [{ name: "x".repeat(101) }, "VALUE_TOO_LONG name"],
      [{ subject: "a\u202Eb" }, "INVALID_CHARACTERS subject"],
      [{ targetIds: [encodeId("Target", "999999")] }, "TARGET_NOT_FOUND targetIds 0"],
      [{ targetIds: Array.from({ length: 101 }, () => target) }, "TOO_MANY_VALUES targetIds"],
      [{ organizationId: "CINEMA" }, "UNKNOWN_ORGANIZATION organizationId"],
      [{ authorization: "EMAIL" }, "AUTHORIZATION_NOT_FOR_CAMPAIGNS authorization"],
    ];
    for (const [wish, code] of refused) expect(codesOf(await create(wish)), code).to.deep.equal([code]);
  });

  it("are made once for an idempotency key", async () => {
    const [first, second] = [await create({ idempotencyKey: "k" }), await create({ idempotencyKey: "k" })];

    expect(second.campaign!.id).to.equal(first.campaign!.id);
  });

  it("need the permission to write them", async () => {
    const reader = db.contextWith({ institution }, "target:read");
    const { errors } = await ask(
      reader,
      `mutation { createCampaign(input: { name: "x", type: OTHER, channel: SMS }) { campaign { id } } }`,
    );

    expect(errors?.[0]?.extensions).to.include({ code: "FORBIDDEN", permission: "campaign:write" });
  });
});
