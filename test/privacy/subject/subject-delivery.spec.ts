import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import PostalMime from "postal-mime";
import { FileNotFound } from "../../../src/platform/files/index.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { fileSweep } from "../../../src/platform/jobs/index.js";
import { selectSubjectFiles, subjectExportPurge } from "../../../src/privacy/index.js";
import { ImportDesk, type Importing } from "../../contacts/import/keyed/desk.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { SubjectDesk, type SubjectExportAnswer } from "./subject-desk.js";

const shown = "id status downloadUrl sizeBytes failure { code message }";
const asking = `mutation ($input: ExportSubjectInput!) { exportSubject(input: $input) {
  subjectExport { ${shown} } userErrors { code } } }`;
const day = 24 * 3_600_000;

describe("exports of what is held of a contact, on their way to who asked for them", function () {
  this.timeout(60_000);
  const db = useDatabase();
  const http = new ImportDesk(db);
  const officer: Importing = { login: "officer", clearance: 2, locale: "fr" };
  let desk: SubjectDesk;

  http.openDuringTests();
  before(async () => {
    desk = await SubjectDesk.of(db);
  });

  const look = async (id: string, as = officer): Promise<SubjectExportAnswer | null> => {
    const query = `query ($id: ID!) { subjectExport(id: $id) { ${shown} } }`;
    return (await http.ask(as, query, { id })).data.subjectExport;
  };
  /** Asks over HTTP, and waits for the worker. */
  const made = async (input: object): Promise<SubjectExportAnswer> => {
    const { data } = await http.ask(officer, asking, { input });
    const { id } = data.exportSubject.subjectExport;
    return (await eventually(
      () => look(id),
      (each) => ["READY", "FAILED"].includes(each!.status),
    ))!;
  };
  const fileIdOf = async ({ id }: { readonly id: string }): Promise<string> => {
    const { rows } = await db.owner.query("SELECT file_id FROM privacy.subject_export WHERE id = $1", [
      decodeId("SubjectExport", id),
    ]);
    return rows[0].file_id;
  };
  const isGone = (fileId: string) =>
    eventually(
      () => http.application.services.files.sizeOf(fileId).catch((error: Error) => error),
      (size) => size instanceof FileNotFound,
    );

  it("open for the token of who asked alone", async () => {
    const { opaqueId } = await db.insertContact({ lastName: "Zahnd" });
    const done = await made({ contactId: opaqueId });
    const response = await http.fetch(officer, done.downloadUrl!);
    const body = Buffer.from(await response.arrayBuffer());
    const { pathname, search } = new URL(done.downloadUrl!);

    expect(done.downloadUrl).to.include("/subject-exports/file?id=").and.not.include("token");
    expect(Object.fromEntries(response.headers)).to.include({
      "content-type": "application/zip",
      "content-disposition": 'attachment; filename="subject-export.zip"',
      "cache-control": "no-store",
    });
    expect(body).to.have.length(done.sizeBytes!);
    const stranger: Importing = { login: "stranger", clearance: 2 };
    expect((await http.fetch(stranger, done.downloadUrl!)).status).to.equal(404);
    expect(await look(done.id, stranger)).to.equal(null);
    expect((await fetch(new URL(pathname + search, http.application.url!))).status).to.equal(401);
  });

  it("are listed for who asked, the newest first, by contact", async () => {
    const [one, two] = [await db.insertContact(), await db.insertContact()];
    const as: Importing = { login: "lister", clearance: 2 };
    const ask = async (contactId: string): Promise<string> =>
      (await http.ask(as, asking, { input: { contactId } })).data.exportSubject.subjectExport.id;
    const ids = [await ask(one.opaqueId), await ask(two.opaqueId), await ask(one.opaqueId)].reverse();
    const list = async (wish: string) => {
      const query = `{ subjectExports(${wish}) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
      return (await http.ask(as, query)).data.subjectExports;
    };

    const first = await list("first: 2");
    const rest = await list(`first: 2, after: "${first.pageInfo.endCursor}"`);

    expect([...first.nodes, ...rest.nodes]).to.deep.equal(ids.map((id) => ({ id })));
    expect((await list(`first: 9, contactId: "${one.opaqueId}"`)).nodes).to.deep.equal([
      { id: ids[0] },
      { id: ids[2] },
    ]);
    expect((await list('first: 9, contactId: "nobody"')).nodes).to.deep.equal([]);
  });

  it("do not exist for a caller who is not cleared for everybody, nor without the permission", async () => {
    const { opaqueId } = await db.insertContact();
    const low: Importing = { login: "restricted.officer", clearance: 1 };

    const { errors } = await http.ask(low, asking, { input: { contactId: opaqueId } });

    expect(errors.map((each: { extensions: { code: string } }) => each.extensions.code)).to.deep.equal(["FORBIDDEN"]);
  });

  it("are told of by a mail that carries a link and no data, when somebody is to be told", async () => {
    const { opaqueId } = await db.insertContact({ lastName: "Zahnd", email: "zahnd@example.org" });
    const done = await made({ contactId: opaqueId, notifyEmail: " told@example.org " });
    const mails = async () => {
      const names = (await readdir(http.mailFolder).catch(() => [])).filter((name) => name.endsWith(".eml"));
      return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(http.mailFolder, name)))));
    };

    const [mail] = await eventually(mails, (all) => all.length > 0);

    expect(mail!.to!.map(({ address }) => address)).to.deep.equal(["told@example.org"]);
    expect(mail!.subject).to.equal("L'export des données d'un contact est prêt");
    expect(mail!.text).to.include(done.downloadUrl).and.not.include("Zahnd").and.not.include("zahnd@");
    expect(mail!.attachments).to.deep.equal([]);
  });

  it("take the mail that told of them along when their contact is erased, whoever it went to", async () => {
    const { opaqueId } = await db.insertContact();
    await made({ contactId: opaqueId, notifyEmail: "himself@example.org" });
    const isHere = async () => {
      const names = (await readdir(http.mailFolder).catch(() => [])).filter((name) => name.endsWith(".eml"));
      const texts = await Promise.all(
        names.map((name) => readFile(join(http.mailFolder, name), "utf8").catch(() => "")),
      );
      return texts.some((text) => text.includes("himself@example.org"));
    };
    await eventually(isHere, (here) => here);
    const mails = "query ($id: ID!) { contact(id: $id) { mails(first: 5) { nodes { kind } } } }";
    const { data } = await http.ask(officer, mails, { id: opaqueId });
    expect(data.contact.mails.nodes, "it was not to him").to.deep.equal([]);

    await desk.graph.change("privacy", "anonymizeContact", { contactId: opaqueId });

    await eventually(isHere, (here) => !here);
  });

  it("expire after seven days, for readers and in the store", async () => {
    const { opaqueId } = await db.insertContact();
    const done = await made({ contactId: opaqueId, notifyEmail: "late@example.org" });
    const fileId = await fileIdOf(done);
    const { services } = http.application;
    const at = (now: Date) => ({ ...services, clock: { now: () => now } });
    const signal = new AbortController().signal;

    await fileSweep(at(new Date(Date.now() + 2 * day)), [], [selectSubjectFiles]).run(signal);
    await subjectExportPurge(at(new Date(db.clock.now().getTime() + 8 * day))).run(signal);

    await isGone(fileId);
    expect(await look(done.id)).to.include({ status: "EXPIRED", downloadUrl: null });
    const { rowCount } = await db.owner.query(
      "SELECT FROM privacy.subject_export WHERE notify_email = 'late@example.org'",
    );
    expect(rowCount).to.equal(0);
  });

  it("expire when their contact is erased, and nobody else's do", async () => {
    const [one, two] = [await db.insertContact(), await db.insertContact()];
    const [his, others] = [await made({ contactId: one.opaqueId }), await made({ contactId: two.opaqueId })];
    const fileId = await fileIdOf(his);

    await desk.graph.change("privacy", "anonymizeContact", { contactId: one.opaqueId });

    expect(await look(his.id)).to.include({ status: "EXPIRED", downloadUrl: null });
    expect((await http.fetch(officer, his.downloadUrl!)).status).to.equal(404);
    expect((await http.fetch(officer, others.downloadUrl!)).status).to.equal(200);
    await isGone(fileId);
  });
});
