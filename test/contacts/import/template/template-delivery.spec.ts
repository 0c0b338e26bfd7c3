import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import PostalMime, { type Email } from "postal-mime";
import {
  contactsEraser,
  importTemplatePurge,
  importTemplateTask,
  selectTemplateFiles,
} from "../../../../src/contacts/index.js";
import { FileNotFound } from "../../../../src/platform/files/index.js";
import { encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import { fileSweep } from "../../../../src/platform/jobs/index.js";
import { useDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import { ImportDesk, type Importing } from "../keyed/desk.js";
import { entriesOf, rowsOf, TemplateDesk } from "./templates.js";

const day = 24 * 3_600_000;

describe("import templates on their way to who asked for them (F83, F65)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const templates = new TemplateDesk(db, desk);
  const anna: Importing = { login: "anna.template", clearance: 2, locale: "fr" };
  let targetId: string;

  desk.openDuringTests();
  before(async () => {
    await db.insertContact({ language: "aa", lastName: "Seen" });
    await db.insertContact({ language: "aa", lastName: "Restricted", level: 1 });
    targetId = await templates.target("aa");
  });

  const fileIdOf = async (id: string): Promise<string> => {
    const { rows } = await db.owner.query("SELECT file_id FROM contacts.import_template WHERE id = $1", [
      Buffer.from(id, "base64url").toString().split(":")[1],
    ]);
    return rows[0].file_id;
  };

  const mailTo = async (address: string): Promise<Email> => {
    const look = async () => {
      const names = (await readdir(desk.mailFolder).catch(() => [])).filter((name) => name.endsWith(".eml"));
      const mails = await Promise.all(
        names.map(async (name) => PostalMime.parse(await readFile(join(desk.mailFolder, name)))),
      );
      return mails.find(({ to }) => to?.some((each) => each.address === address));
    };
    return (await eventually(look, (mail) => mail !== undefined))!;
  };

  it("open for the token of who asked alone", async () => {
    const template = await templates.make({ targetId }, anna);
    const statusOf = async (as: Importing, init?: RequestInit) => (await templates.download(template, as, init)).status;

    const response = await templates.download(template, anna);
    const body = Buffer.from(await response.arrayBuffer());

    expect(template.downloadUrl).to.include("/import-templates/file?id=").and.not.include("token");
    expect(response.status).to.equal(200);
    expect(Object.fromEntries(response.headers)).to.include({
      "content-type": "application/zip",
      "content-length": String(body.length),
      "content-disposition": `attachment; filename="${template.fileName!.replace("csv", "zip")}"`,
      "cache-control": "no-store",
    });
    expect(await statusOf({ login: "another", clearance: 2 })).to.equal(404);
    expect(await statusOf(anna, { method: "HEAD" })).to.equal(200);
    expect(await statusOf(anna, { method: "POST" })).to.equal(405);
    const { pathname, search } = new URL(template.downloadUrl!);
    const without = await fetch(new URL(pathname + search, desk.application.url!));
    expect([without.status, await without.json()]).to.deep.equal([401, { code: "UNAUTHENTICATED" }]);
    expect((await fetch(new URL(`${pathname}?id=nothing`, desk.application.url!))).status).to.equal(401);
  });

  it("hold nobody above the clearance of who asked, and are gone for him below it (F05)", async () => {
    const names = async (as: Importing) =>
      rowsOf(await templates.csv({ targetId }, as)).map(({ lastName }) => lastName);

    expect(await names({ login: "free.reader", clearance: 0, locale: "fr" })).to.deep.equal(["Seen"]);
    expect(await names({ login: "restricted.reader", clearance: 1, locale: "fr" })).to.deep.equal([
      "Seen",
      "Restricted",
    ]);
  });

  it("go to partners with whom the target is shared, for as long as it is", async () => {
    const partner: Importing = { login: "partner", kind: "PARTNER", clearance: 0, locale: "fr" };
    const shared = await templates.target("aa", { sharedWith: "partner" });

    const refused = await templates.ask({ targetId }, partner);
    const template = await templates.make({ targetId: shared }, partner);
    const [entry] = await entriesOf(Buffer.from(await (await templates.download(template, partner)).arrayBuffer()));
    await db.owner.query("DELETE FROM marketing.target_share WHERE login = 'partner'");

    expect(refused.userErrors.map(({ code }) => code)).to.deep.equal(["TARGET_NOT_FOUND"]);
    expect(rowsOf(entry!.bytes.toString()).map(({ lastName }) => lastName)).to.deep.equal(["Seen"]);
    expect((await templates.look(template.id, partner))!.downloadUrl).to.equal(null);
    expect((await templates.download(template, partner)).status).to.equal(404);
  });

  it("hold no field that is withheld, and are gone when one of theirs becomes so", async () => {
    const reader: Importing = { login: "level.reader", clearance: 0, locale: "fr" };
    const before = await templates.make({ targetId }, reader);
    const raise = (level: number) =>
      db.owner.query(
        `WITH raised AS (INSERT INTO privacy.field_level (institution_id, type_name, field_name, level) VALUES ($1, 'Contact', 'email', $2)
           ON CONFLICT (institution_id, type_name, field_name) DO UPDATE SET level = excluded.level)
         UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1`,
        [db.home.id, level],
      );

    await raise(1);
    const header = (await templates.csv({ targetId }, reader)).split("\r\n")[0]!;
    const status = (await templates.download(before, reader)).status;
    await raise(0);

    expect(header).to.match(/^\ufeffcontactId;contactNumber;lastName;firstName;\[old\]INSTITUTION_EMAIL;/);
    expect(status).to.equal(404);
    expect((await templates.download(before, reader)).status).to.equal(200);
  });

  it("come as a mail with the zip, in the language that was asked for, when somebody is to be told", async () => {
    const template = await templates.make({ targetId, notifyEmail: " told@example.org ", locale: "es" }, anna);

    const mail = await mailTo("told@example.org");
    const [attachment] = mail.attachments;
    const [entry] = await entriesOf(Buffer.from(attachment!.content as Uint8Array));

    expect(mail.subject).to.equal("Su plantilla de importación está lista");
    expect(mail.text).to.include(template.fileName).and.include("Este archivo contiene datos personales");
    expect(attachment).to.include({ filename: template.fileName!.replace("csv", "zip"), mimeType: "application/zip" });
    expect(entry!.name).to.equal(template.fileName);
  });

  it("come as a link where the institution wants that, which opens nothing without a token", async () => {
    await db.owner.query(
      "INSERT INTO privacy.institution_setting (institution_id, template_mail) VALUES ($1, 'LINK')",
      [db.home.id],
    );

    const template = await templates.make({ targetId, notifyEmail: "linked@example.org", locale: "en" }, anna);
    const mail = await mailTo("linked@example.org");

    expect(mail.attachments).to.deep.equal([]);
    expect(mail.text).to.include(template.downloadUrl);
    expect(mail.text).to.not.include("Seen");
  });

  it("expire after seven days, for readers and in the store", async () => {
    const template = await templates.make({ targetId, notifyEmail: "late@example.org" }, anna);
    const fileId = await fileIdOf(template.id);
    const { services } = desk.application;
    const left = new Date(template.expiresAt!).getTime() - db.clock.now().getTime();
    const later = { ...services, clock: { now: () => new Date(db.clock.now().getTime() + left + 1_000) } };
    const signal = new AbortController().signal;

    // files have the age that the disk gives them
    const inTwoDays = { ...services, clock: { now: () => new Date(Date.now() + 2 * day) } };
    await db.owner.query(
      "UPDATE contacts.import_template SET expires_at = expires_at + interval '50 years' WHERE file_id = $1",
      [fileId],
    );
    await fileSweep(inTwoDays, [], [selectTemplateFiles]).run(signal);
    await db.owner.query(
      "UPDATE contacts.import_template SET expires_at = expires_at - interval '50 years' WHERE file_id = $1",
      [fileId],
    );
    const kept = await services.files.sizeOf(fileId);
    await importTemplatePurge(later).run(signal);

    expect(left).to.be.within(7 * day - 60_000, 7 * day);
    expect(kept).to.equal(template.sizeBytes);
    expect(await services.files.sizeOf(fileId).catch((error: Error) => error)).to.be.instanceOf(FileNotFound);
    expect((await templates.download(template, anna)).status).to.equal(404);
    expect(await templates.look(template.id, anna)).to.include({ status: "READY", downloadUrl: null });
    const { rows } = await db.owner.query(
      "SELECT FROM contacts.import_template WHERE notify_email = 'late@example.org'",
    );
    expect(rows).to.have.length(0);
  });

  it("expire when somebody is erased, because he may stand in them", async () => {
    const template = await templates.make({ targetId }, anna);
    const { services } = desk.application;
    const { id } = await db.insertContact();

    await db.contextWith({ services, clearance: 2 }).transaction((sql) => contactsEraser(services).before!(sql, [id]));

    expect((await templates.look(template.id, anna))!.downloadUrl).to.equal(null);
    expect((await templates.download(template, anna)).status).to.equal(404);
  });

  it("fail with a code when the reader has lost the right before they are made", async () => {
    const reader: Importing = { login: "leaver", clearance: 0, locale: "fr" };
    await templates.ask({ targetId }, reader);
    const { rows } = await db.owner.query(
      `INSERT INTO contacts.import_template (institution_id, import_type, target_id, delimiter, locale, clearance,
         requested_by, requested_by_kind, claims, notice_version)
       SELECT institution_id, import_type, target_id, delimiter, locale, clearance, requested_by, requested_by_kind,
         jsonb_set(claims, '{permissions}', '[]'), notice_version
       FROM contacts.import_template WHERE requested_by = 'leaver' RETURNING id`,
    );
    await db.owner.query(
      `INSERT INTO pgboss.job (name, data, policy) SELECT 'contacts.import-template', jsonb_build_object('institutionId', $1::int, 'id', $2::text), 'standard'`,
      [db.home.id, rows[0].id],
    );
    const id = Buffer.from(`ImportTemplate:${rows[0].id}`).toString("base64url");

    const failed = await eventually(
      () => templates.look(id, reader),
      (each) => each!.status === "FAILED",
    );

    expect(failed!.failure!.code).to.equal("IMPORT_NOT_PERMITTED");
    expect(failed).to.include({ downloadUrl: null, rowCount: null });
  });

  it("are not given up however often their worker is stopped on purpose, and are made when nothing stops it", async () => {
    const reader: Importing = { login: "patient.reader", clearance: 0, locale: "fr" };
    await templates.make({ targetId }, reader);
    // not in the queue: the runs of this test are its only ones
    const { rows } = await db.owner.query(
      `INSERT INTO contacts.import_template (institution_id, import_type, target_id, delimiter, locale, clearance,
         requested_by, requested_by_kind, claims, notice_version)
       SELECT institution_id, import_type, target_id, delimiter, locale, clearance, requested_by, requested_by_kind,
         claims, notice_version
       FROM contacts.import_template WHERE requested_by = 'patient.reader' RETURNING id`,
    );
    const payload = { institutionId: db.home.id, id: rows[0].id as string };
    const { run } = importTemplateTask(desk.application.services);

    const ends = new Set<unknown>();
    for (let n = 0; n < 25; n++) ends.add(await run(payload, AbortSignal.abort()).catch((error: Error) => error.name));
    const { rows: between } = await db.owner.query(
      "SELECT status, vain_runs AS vain FROM contacts.import_template WHERE id = $1",
      [payload.id],
    );
    await run(payload, new AbortController().signal);
    const made = await templates.look(encodeId("ImportTemplate", payload.id), reader);

    expect([...ends]).to.deep.equal(["AbortError"]);
    expect(between).to.deep.equal([{ status: "RUNNING", vain: 0 }]);
    expect(made).to.deep.include({ status: "READY", rowCount: 1, failure: null });
    expect((await templates.download(made!, reader)).status).to.equal(200);
  });
});
