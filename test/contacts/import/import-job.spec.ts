import { Readable } from "node:stream";
import { expect } from "chai";
import { importJobs } from "../../../src/contacts/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { signFileReference } from "../../../src/platform/files/index.js";
import { fileSweep } from "../../../src/platform/jobs/index.js";
import { ask, codesOf } from "../../support/ask.js";
import { useDatabase } from "../../support/database.js";
import { contactsOf, fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("import jobs (6.1)", () => {
  const db = useDatabase();
  const importer = new Importer(db);
  const content = fileOf({ email: "a@b.ch", lastName: "Muster" });

  before(() => importer.open());
  afterEach(async () => {
    await importer.stopWorker();
    importer.today = { clearance: 2 };
  });

  const cancel = async (id: string, context: OperationContext) => {
    const mutation = `mutation ($input: CancelImportInput!) {
      cancelImport(input: $input) { importJob { status finishedAt } userErrors { code field } } }`;
    return (await ask(importer.schema, context, mutation, { input: { id } })).cancelImport;
  };

  it("wait for a worker, and say so", async () => {
    const { context } = await importer.inNewInstitution();

    const { importJob, userErrors } = await importer.start(content, { context });

    expect(userErrors).to.deep.equal([]);
    expect(importJob.status).to.equal("QUEUED");
    expect(await importer.report(importJob.id, context)).to.deep.include({ status: "QUEUED", progress: 0, rows: [] });
  });

  it("are found as nodes and as pages, the newest first", async () => {
    const { context } = await importer.inNewInstitution();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) ids.unshift((await importer.start(content, { context })).importJob.id);
    const query = `query ($after: String) { importJobs(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;

    const first = (await ask(importer.schema, context, query)).importJobs;
    const second = (await ask(importer.schema, context, query, { after: first.pageInfo.endCursor })).importJobs;
    const { node } = await ask(
      importer.schema,
      context,
      `{ node(id: "${ids[0]}") { id ... on ImportJob { status } } }`,
    );

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).to.deep.equal(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).to.deep.equal([true, false]);
    expect(node).to.deep.equal({ id: ids[0], status: "QUEUED" });
  });

  it("give their rows in pages, all or those of one outcome", async () => {
    const { context } = await importer.inNewInstitution();
    await importer.startWorker();
    const rows = Array.from({ length: 5 }, (_, n) => ({ email: n % 2 ? `a${n}` : `a${n}@b.ch` }));
    const { id } = await importer.import(fileOf(...rows), { context });
    const query = `query ($outcome: ImportOutcome, $after: String) { importJob(id: "${id}") {
      rows(first: 2, after: $after, outcome: $outcome) { nodes { line } pageInfo { hasNextPage endCursor } } } }`;
    const pageOf = async (variables: object) =>
      (await ask(importer.schema, context, query, { ...variables })).importJob.rows;

    const first = await pageOf({});
    const last = await pageOf({ after: (await pageOf({ after: first.pageInfo.endCursor })).pageInfo.endCursor });
    const errors = await pageOf({ outcome: "ERROR" });

    expect([...first.nodes, ...last.nodes].map(({ line }) => line)).to.deep.equal([2, 3, 6]);
    expect(errors).to.deep.include({ nodes: [{ line: 3 }, { line: 5 }] });
    expect(errors.pageInfo.hasNextPage).to.equal(false);
  });

  it("refuse cursors that no page gave, of jobs and of their rows", async () => {
    const { context } = await importer.inNewInstitution();
    const { importJob } = await importer.start(content, { context });
    const rows = `query ($after: String) { importJob(id: "${importJob.id}") { rows(first: 1, after: $after) { nodes { line } } } }`;
    const jobs = `query ($after: String) { importJobs(first: 1, after: $after) { nodes { id } } }`;

    for (const key of [-1, -(2 ** 40), 1.5, "x", null])
      for (const query of [rows, jobs]) {
        const after = Buffer.from(JSON.stringify([key])).toString("base64url");
        expect(await codesOf(importer.schema, context, query, { after }), `${key}`).to.deep.equal(["BAD_USER_INPUT"]);
      }
  });

  it("exist only for callers of their clearance, in their institution, and partners see their own", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 1 });
    const { importJob } = await importer.start(content, { context });
    const partner = importer.operator({ institution, kind: "PARTNER", login: "partner.one" });
    const { importJob: partners } = await importer.start(content, { context: partner });
    const see = async (caller: OperationContext, id: string) => (await importer.report(id, caller)) !== null;
    const cleared = (clearance: 0 | 1 | 2) => importer.operator({ institution, clearance });

    expect(await see(cleared(0), importJob.id)).to.equal(false);
    expect(await see(cleared(1), importJob.id)).to.equal(true);
    expect(await see(cleared(2), importJob.id)).to.equal(true);
    expect(await see(importer.operator({ clearance: 2 }), importJob.id)).to.equal(false);
    expect(await see(cleared(0), partners.id)).to.equal(true);
    expect(await see(partner, partners.id)).to.equal(true);
    const others = { institution, kind: "PARTNER", clearance: 2 } as const;
    expect(await see(importer.operator({ ...others, login: "partner.two" }), partners.id)).to.equal(false);
    expect(await see(importer.operator({ ...others, login: "partner.one" }), importJob.id)).to.equal(false);
    expect((await cancel(importJob.id, cleared(0))).userErrors).to.deep.equal([
      { code: "IMPORT_NOT_FOUND", field: ["id"] },
    ]);
  });

  it("show contacts only to callers who may read them", async () => {
    const { institution, context } = await importer.inNewInstitution();
    await importer.startWorker();
    const { id } = await importer.import(content, { context });
    await db.owner.query("UPDATE contacts.contact SET confidentiality_level = 1 WHERE institution_id = $1", [
      institution.id,
    ]);
    const blind = db.contextWith("import:run", { services: importer.services, institution, clearance: 2 });

    expect((await importer.report(id, importer.operator({ institution })))!.rows[0]!.contact).to.equal(null);
    expect((await importer.report(id, blind))!.rows[0]!.contact).to.equal(null);
    const cleared = importer.operator({ institution, clearance: 1 });
    expect((await importer.report(id, cleared))!.rows[0]!.contact!.displayName).to.equal("Muster");
  });

  it("end at once when they are cancelled, and only once", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const { importJob } = await importer.start(content, { context });

    const answer = await cancel(importJob.id, context);
    const again = await cancel(importJob.id, context);
    await importer.startWorker();
    await importer.import(fileOf({ email: "later@b.ch" }), { context });

    expect(answer.importJob.status).to.equal("CANCELLED");
    expect(again.userErrors).to.deep.equal([{ code: "IMPORT_HAS_ENDED", field: ["id"] }]);
    expect((await contactsOf(db, institution.id)).map(({ email }) => email)).to.deep.equal(["later@b.ch"]);
  });

  it("answer a repeated idempotency key with the first import, and refuse it for another file (6.7)", async () => {
    const { context } = await importer.inNewInstitution();
    const wish = { context, idempotencyKey: "monday" };

    const first = await importer.start(content, wish);
    const again = await importer.start(content, wish);
    const other = await importer.start(`${content}\nc@b.ch`, wish);

    expect(again.importJob.id).to.equal(first.importJob.id);
    expect(other).to.deep.include({ importJob: null });
    expect(other.userErrors[0].code).to.equal("IDEMPOTENCY_KEY_REUSED");
  });

  it("fail when their operator may no longer import, or has left", async () => {
    const { institution, context } = await importer.inNewInstitution();
    importer.today = { clearance: 2, hasLeft: true };
    await importer.startWorker();

    const report = await importer.import(content, { context });

    expect([report.status, report.fileError!.code]).to.deep.equal(["FAILED", "IMPORT_NOT_PERMITTED"]);
    expect(await contactsOf(db, institution.id)).to.deep.equal([]);
  });

  it("run with the lower of the clearance at their start and of today", async () => {
    const { institution, context } = await importer.inNewInstitution({ clearance: 2 });
    await db.insertContact({ institution, email: "a@b.ch", level: 1 });
    const { importJob } = await importer.start(content, { context });
    importer.today = { clearance: 0 };
    await importer.startWorker();

    const report = await importer.ended(importJob.id, context);

    expect(report.rows[0]!.outcome).to.equal("CREATED");
    expect(await contactsOf(db, institution.id)).to.have.length(2);
  });

  it("refuse a file with a field that is withheld from their importer", async () => {
    const { context } = await importer.inNewInstitution();
    await importer.startWorker();
    const codes: (string | undefined)[] = [];
    for (const [field, level] of [
      ["email", 1],
      ["birthDate", 2],
      ["addresses", 1],
      ["phone", 0],
    ] as const) {
      importer.today = { clearance: 0, raised: new Map([[`Contact.${field}`, level]]) };
      codes.push((await importer.import(fileOf({ email: `${field}@b.ch` }), { context })).fileError?.code);
    }

    expect(codes).to.deep.equal(["FIELD_NOT_AVAILABLE", "FIELD_NOT_AVAILABLE", "FIELD_NOT_AVAILABLE", undefined]);
  });

  it("refuse structures when what they are found by is withheld: an address, a relay", async () => {
    const { context } = await importer.inNewInstitution();
    await importer.startWorker();
    const codes: (string | undefined)[] = [];
    for (const field of ["addresses", "connections", "roles"]) {
      importer.today = { clearance: 0, raised: new Map([[`Contact.${field}`, 1]]) };
      const file = `email;structureName\n${field}@b.ch;Opera`;
      codes.push((await importer.import(file, { context })).fileError?.code);
    }

    expect(codes).to.deep.equal(["FIELD_NOT_AVAILABLE", "FIELD_NOT_AVAILABLE", undefined]);
  });

  it("are not made of an upload that broke off", async () => {
    const { context } = await importer.inNewInstitution();
    const broken = new Readable({ read: () => undefined });
    broken.push("email\n");
    setImmediate(() => broken.destroy(new Error("connection lost")));

    const error = await importer.start(broken, { context }).catch((reason: Error) => reason);

    expect(error).to.be.instanceOf(Error);
    expect(
      (
        await db.owner.query("SELECT FROM contacts.import_job WHERE institution_id = $1", [
          context.caller.institutionId,
        ])
      ).rowCount,
    ).to.equal(0);
  });

  it("take a file that the gateway has stored, once, and only from the caller it was stored for", async () => {
    const { context } = await importer.inNewInstitution();
    const { files, secret } = importer.services;
    const stored = await files.put(context.caller.institutionId, Readable.from([content]), { maxBytes: 10_000 });
    const inAMinute = new Date(db.clock.now().getTime() + 60_000);
    const own = signFileReference(secret, context.caller, stored, inAMinute);
    const others = signFileReference(secret, { ...context.caller, login: "somebody.else" }, stored, inAMinute);
    const start = async (file: string) => {
      const mutation = `mutation ($input: StartImportInput!) {
        startImport(input: $input) { importJob { id status } userErrors { code field } } }`;
      return (await ask(importer.schema, context, mutation, { input: { type: "CONTACTS", mode: "CHECK", file } }))
        .startImport;
    };
    const refused = [{ code: "UPLOAD_NOT_AVAILABLE", field: ["file"] }];

    const answers = [await start("/etc/passwd"), await start(others), await start(own), await start(own)];
    await importer.startWorker();

    expect(answers.map(({ userErrors }) => userErrors)).to.deep.equal([refused, refused, [], refused]);
    const report = await importer.ended(answers[2].importJob.id, context);
    expect(report.counters).to.include({ wouldCreate: 1 });
  });

  it("keep their files from the sweep until they end; others go after a day", async () => {
    const { context } = await importer.inNewInstitution();
    const { importJob } = await importer.start(content, { context });
    const orphan = await importer.services.files.put(context.caller.institutionId, Readable.from(["x"]), {
      maxBytes: 10,
    });
    const inTwoDays = { now: () => new Date(Date.now() + 48 * 3_600_000) };

    await fileSweep({ ...importer.services, clock: inTwoDays }, [importJobs], []).run(new AbortController().signal);
    const left = await importer.filesOlderThan(inTwoDays.now());
    await importer.startWorker();

    expect(left).to.not.include(orphan.id);
    expect((await importer.ended(importJob.id, context)).status).to.equal("DONE");
  });
});
