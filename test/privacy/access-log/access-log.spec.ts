import { expect } from "chai";
import { logReads, noteRead } from "../../../src/platform/access/confidential-reads.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { createPrivacyPort } from "../../../src/privacy/index.js";
import { type ContextWish, useDatabase } from "../../support/database.js";
import type { TestContact } from "../../support/rows.js";
import { ask, catalogue } from "../graph.js";

const query = `query ($contactId: ID, $from: DateTime!, $to: DateTime!, $first: Int!, $after: String) {
  accessLog(contactId: $contactId, from: $from, to: $to, first: $first, after: $after) {
    nodes { id at actor actorKind kind contact { id } subject contactCount requestId }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Page {
  nodes: { id: string; actor: string; kind: string; subject: string | null; contactCount: number | null }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

describe("the access log", () => {
  const db = useDatabase();

  function contextOf(wish: ContextWish = {}): OperationContext {
    const services = db.services({ catalogue, ports: { privacy: createPrivacyPort(db.services()) } });
    return db.contextWith({ services, clearance: 2, ...wish }, "audit:read", "contact:read");
  }

  async function log(context: OperationContext, contact: TestContact | null, page: object = {}): Promise<Page> {
    const now = db.clock.now();
    const around = { from: new Date(now.getTime() - 86_400_000), to: new Date(now.getTime() + 86_400_000) };
    const { data, errors } = await ask(context, query, {
      ...{ from: around.from.toISOString(), to: around.to.toISOString(), first: 100, contactId: contact?.opaqueId },
      ...page,
    });
    if (errors) throw errors[0];
    return data?.accessLog as Page;
  }

  async function read(context: OperationContext, { id }: TestContact, level = 2): Promise<void> {
    noteRead(context, id, level);
    await logReads(context);
  }

  it("has each operation that showed a confidential contact, once, with who and in which request", async () => {
    const hidden = await db.insertContact({ level: 2 });
    const context = contextOf({ login: "reader" });

    noteRead(context, hidden.id, 2);
    await read(context, hidden);
    await logReads(context);

    const { nodes } = await log(contextOf(), hidden);
    expect(nodes).to.have.length(1);
    expect(nodes[0]).to.deep.include({
      ...{ actor: "reader", actorKind: "OPERATOR", kind: "READ", contact: { id: hidden.opaqueId }, subject: null },
      ...{ contactCount: null, requestId: "test-request" },
    });
  });

  it("has no reads of contacts of lower levels, nor of one's own file", async () => {
    const [open, own] = [await db.insertContact({ level: 1 }), await db.insertContact({ level: 2 })];

    await read(contextOf(), open, 1);
    await read(contextOf({ kind: "CONTACT", ownContactId: own.id }), own);

    expect((await log(contextOf(), open)).nodes).to.deep.equal([]);
    expect((await log(contextOf(), own)).nodes).to.deep.equal([]);
  });

  it("does not exist for who may not see the contact", async () => {
    const hidden = await db.insertContact({ level: 2 });
    await read(contextOf(), hidden);

    expect((await log(contextOf({ clearance: 1 }), hidden)).nodes).to.deep.equal([]);
  });

  it("notes who reads the audit of a confidential contact", async () => {
    const hidden = await db.insertContact({ level: 2 });
    await db.owner.query(
      `INSERT INTO contacts.audit_contact (institution_id, contact_id, at, actor, actor_kind, source, entity, field)
       VALUES ($1, $2, $3, 'x', 'OPERATOR', 'OPERATOR', 'Contact', 'email')`,
      [db.home.id, hidden.id, db.clock.now()],
    );
    const context = contextOf();
    const from = new Date(db.clock.now().getTime() - 1_000).toISOString();
    const to = new Date(db.clock.now().getTime() + 1_000).toISOString();

    await ask(
      context,
      `{ contactAudit(contactId: "${hidden.opaqueId}", from: "${from}", to: "${to}", first: 9) { nodes { id } } }`,
    );

    expect([...context.confidentialReads]).to.deep.equal([hidden.id]);
  });

  it("has exports with what was taken out, for those who see as much as who took it (F65)", async () => {
    const institution = await db.institution();
    const exporter = contextOf({ institution, login: "exporter" });
    const record = { subject: "ImportTemplate", contactCount: 12, requestId: "r-1" };
    await exporter.transaction((sql) => exporter.ports.privacy.recordExport(sql, record));

    const { nodes } = await log(contextOf({ institution }), null);
    expect(nodes).to.have.length(1);
    expect(nodes[0]).to.deep.include({
      actor: "exporter",
      kind: "EXPORT",
      subject: "ImportTemplate",
      contactCount: 12,
    });
    expect((await log(contextOf({ institution, clearance: 1 }), null)).nodes).to.deep.equal([]);
  });

  it("goes on page by page, the newest first", async () => {
    const hidden = await db.insertContact({ level: 2 });
    for (const login of ["first", "second", "third"]) await read(contextOf({ login }), hidden);

    const one = await log(contextOf(), hidden, { first: 2 });
    const two = await log(contextOf(), hidden, { first: 2, after: one.pageInfo.endCursor });

    expect([...one.nodes, ...two.nodes].map(({ actor }) => actor)).to.deep.equal(["third", "second", "first"]);
    expect(two.pageInfo.hasNextPage).to.equal(false);
  });

  it("needs a time frame of at most 366 days (F27)", async () => {
    const attempt = log(contextOf(), null, { from: "2024-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" });

    const error = await attempt.then(
      () => null,
      (caught: { extensions: { code: string } }) => caught,
    );
    expect(error?.extensions.code).to.equal("BAD_USER_INPUT");
  });
});
