import { expect } from "chai";
import { rotateIdentityKeys } from "../../../src/contacts/identity/identity-keys.task.js";
import { aliasRemovalFigures } from "../../../src/contacts/index.js";
import { isHeldWith } from "../../../src/platform/access/permissions.js";
import { KeyRing } from "../../../src/platform/key-ring.js";
import { ProductGraph } from "../../privacy/erasure/product-graph.js";
import { codesOf } from "../../support/ask.js";
import type { ContextWish } from "../../support/database.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";
import { contactsSchema } from "../support.js";

describe("removals of payment aliases at their providers (4.5)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let institution: TestInstitution;
  let service: ContextWish;

  before(() => {
    graph = new ProductGraph(db);
  });
  beforeEach(async () => {
    institution = await db.institution();
    service = { institution, kind: "SERVICE", login: "svc-payments" };
  });

  /** Somebody with these aliases, whom nobody knows any more. */
  async function erased(...aliases: string[]): Promise<void> {
    const { id, opaqueId } = await db.insertContact({ institution });
    for (const alias of aliases)
      await db.owner.query(
        `INSERT INTO contacts.payment_alias (institution_id, contact_id, alias, provider, consent_confirmed_by, consent_notice_version)
         VALUES ($1, $2, $3, 'Bank A', 'till', 1)`,
        [institution.id, id, alias],
      );
    await graph.change("privacy", "anonymizeContact", { contactId: opaqueId }, { institution });
  }
  const waiting = async (wish = "first: 100", more: ContextWish = {}) => {
    const document = `{ aliasRemovals(${wish}) { nodes { id provider alias requestedAt } pageInfo { hasNextPage endCursor } } }`;
    return (await graph.query("contacts", document, {}, { ...service, ...more })).aliasRemovals;
  };
  const acknowledge = (ids: string[], more: object = {}) => {
    const shown = "acknowledged waiting userErrors { code field elementIndex }";
    return graph.try("contacts", "acknowledgeAliasRemovals", { ids, ...more }, service, shown);
  };
  const rows = async () => {
    const { rows } = await db.owner.query(
      `SELECT sealed_alias IS NULL AS blank, acknowledged_by AS by FROM contacts.alias_removal
       WHERE institution_id = $1 ORDER BY id`,
      [institution.id],
    );
    return rows;
  };

  it("are told of page by page, the oldest first, without saying whose they were", async () => {
    await erased("tok_1", "tok_2", "tok_3");
    const first = await waiting("first: 2");
    const rest = await waiting(`first: 2, after: "${first.pageInfo.endCursor}"`);

    expect([...first.nodes, ...rest.nodes].map(({ alias, provider }) => `${provider} ${alias}`)).to.deep.equal([
      ...["Bank A tok_1", "Bank A tok_2", "Bank A tok_3"],
    ]);
    expect(rest.pageInfo.hasNextPage).to.equal(false);
    const { rows: kept } = await db.owner.query(
      "SELECT sealed_alias FROM contacts.alias_removal WHERE institution_id = $1",
      [institution.id],
    );
    for (const { sealed_alias: sealed } of kept) expect(sealed.toString("latin1")).to.not.include("tok_");
    expect((await waiting("first: 9", { institution: db.home })).nodes, "another institution").to.deep.equal([]);
  });

  it("stand in the access log with each page that is read", async () => {
    await erased("tok_1");
    await waiting();
    await waiting();

    const { rows: log } = await db.owner.query(
      "SELECT actor, subject FROM privacy.audit_access WHERE institution_id = $1 AND access_kind = 'EXPORT'",
      [institution.id],
    );
    expect(log).to.deep.equal(Array(2).fill({ actor: "svc-payments", subject: "AliasRemovals" }));
  });

  it("are blanked when they are acknowledged, and who said so stays; again, nothing changes", async () => {
    await erased("tok_1", "tok_2", "tok_3");
    const ids = (await waiting()).nodes.map(({ id }: { id: string }) => id);

    const answers = [await acknowledge(ids.slice(0, 2)), await acknowledge(ids.slice(0, 2)), await acknowledge([])];

    expect(answers).to.deep.equal([
      { acknowledged: 2, waiting: 1, userErrors: [] },
      { acknowledged: 2, waiting: 1, userErrors: [] },
      { acknowledged: 0, waiting: 1, userErrors: [] },
    ]);
    expect(await rows()).to.deep.equal([
      { blank: true, by: "svc-payments" },
      { blank: true, by: "svc-payments" },
      { blank: false, by: null },
    ]);
    expect((await waiting()).nodes.map(({ alias }: { alias: string }) => alias)).to.deep.equal(["tok_3"]);
  });

  it("are acknowledged beside ids that there are not, which are told of one by one", async () => {
    await erased("tok_1");
    const [{ id }] = (await waiting()).nodes;
    const input = [["nothing", id, "QWxpYXNSZW1vdmFsOjk5OTk5OQ"], { idempotencyKey: "one" }] as const;

    const answers = [await acknowledge([...input[0]], input[1]), await acknowledge([...input[0]], input[1])];

    for (const answer of answers)
      expect(answer).to.deep.equal({
        ...{ acknowledged: 1, waiting: 0 },
        userErrors: [0, 2].map((elementIndex) => ({ code: "ALIAS_REMOVAL_NOT_FOUND", field: ["ids"], elementIndex })),
      });
    const many = await acknowledge(Array(501).fill(id));
    expect(many.userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(["TOO_MANY_VALUES"]);
  });

  it("are told by their own permission alone, and to callers who are cleared for everybody", async () => {
    const codes = async (...rights: Parameters<typeof db.contextWith>) =>
      codesOf(await contactsSchema(), db.contextWith(...rights, { services: graph.services, clearance: 2 }), document);
    const document = "{ aliasRemovals(first: 1) { nodes { id } } }";

    expect(await codes("alias:write")).to.deep.equal(["FORBIDDEN"]);
    expect(await codes("alias:remove")).to.deep.equal([]);
    expect(isHeldWith("alias:remove", 1), "nobody holds it below").to.equal(false);
  });

  it("are sealed with the first key of the ring every night, so that old keys may go", async () => {
    await erased("tok_1");
    const old = { id: "old", key: Buffer.alloc(32, 3) };
    const fresh = { id: "fresh", key: Buffer.alloc(32, 4) };
    const digestKey = Buffer.alloc(32, 5);
    const both = new KeyRing([fresh, old], digestKey);
    const { keyId, sealed } = new KeyRing([old], digestKey).seal(
      JSON.stringify({ provider: null, alias: "tok_1" }),
      `alias removal ${institution.id}`,
    );
    await db.owner.query("DELETE FROM contacts.alias_removal WHERE institution_id <> $1", [institution.id]);
    await db.owner.query("DELETE FROM contacts.identity_document");
    await db.owner.query("UPDATE contacts.alias_removal SET key_id = $2, sealed_alias = $3 WHERE institution_id = $1", [
      ...[institution.id, keyId, sealed],
    ]);

    const counts = [
      await rotateIdentityKeys({ ...graph.services, identityKeys: both }),
      await rotateIdentityKeys({ ...graph.services, identityKeys: both }),
    ];
    const opened = await waiting("first: 1", {
      services: { ...graph.services, identityKeys: new KeyRing([fresh], digestKey) },
    });

    expect(counts).to.deep.equal([1, 0]);
    expect(opened.nodes[0]).to.include({ alias: "tok_1", provider: null });
  });

  it("are counted for operations, with the age of the oldest", async () => {
    await erased("tok_1", "tok_2");
    db.clock.advance(3_600_000);
    const [count, age] = await Promise.all(aliasRemovalFigures(graph.services).map(({ read }) => read()));

    expect(count!.get(String(institution.id))).to.equal(2);
    expect(age!.get(String(institution.id))).to.be.within(3_600, 3_700);
    await acknowledge((await waiting()).nodes.map(({ id }: { id: string }) => id));
    const [after, none] = await Promise.all(aliasRemovalFigures(graph.services).map(({ read }) => read()));
    expect([after!.get(String(institution.id)), none!.get(String(institution.id))]).to.deep.equal([0, 0]);
  });
});
