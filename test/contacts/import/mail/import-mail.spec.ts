import { expect } from "chai";
import PostalMime from "postal-mime";
import { importRetention, importTemplatePurge, importTemplateTask } from "../../../../src/contacts/index.js";
import { newFileId } from "../../../../src/platform/files/file-store.js";
import { encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import { message } from "../../../../src/platform/i18n/messages.js";
import { useDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import { type MailServer, startMailServer } from "../../../support/mail-server.js";
import { contactWith } from "../keyed/authorization-rows.js";
import { ImportDesk, type Importing } from "../keyed/desk.js";
import { TemplateDesk } from "../template/templates.js";
import { UndoDesk } from "../undo/undoing.js";

describe("mails about imports that have ended (F88, 6.1)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const undoing = new UndoDesk(db, desk);
  const anna: Importing = { login: "anna", clearance: 2, organizations: ["OPERA"], locale: "fr" };
  let server: MailServer;

  before(async () => {
    server = await startMailServer();
  });
  desk.openDuringTests(() => ({ SMTP_URL: server.url, MAIL_FROM: "House <house@example.org>" }));
  after(() => server.stop());

  const keyOf = (id: string) => Buffer.from(id, "base64url").toString().split(":")[1]!;

  const mailTo = async (address: string, count = 1) => {
    const mails = () => server.received.filter(({ to }) => to.includes(address));
    await eventually(
      async () => mails().length,
      (found) => found === count,
    );
    return PostalMime.parse(mails().at(-1)!.raw);
  };

  const file = async (...further: string[]) => {
    const contact = await contactWith(db, {}, { lastName: "Geheim", email: "geheim@example.org" });
    return ["contactId;[new]SMS", `${contact.opaqueId};TRUE`, ...further].join("\n");
  };

  /** An import that waits for its next run, two rows of which are done. */
  const halfDone = async (as: Importing, notifyEmail: string, mode = "UPDATE"): Promise<string> => {
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO contacts.import_job (institution_id, import_type, mode, on_match, file_id, file_digest, clearance,
         started_by, started_by_kind, claims, locale, notify_email, total, cursor_line, updated, errors)
       SELECT institution_id, import_type, $3, on_match, $4, file_digest, clearance, started_by,
         started_by_kind, claims, $1, $2, 5, 3, 1, 1
       FROM contacts.import_job WHERE started_by = 'anna' LIMIT 1 RETURNING id`,
      [as.locale, notifyEmail, mode, newFileId(db.home.id)],
    );
    return encodeId("ImportJob", rows[0]!.id);
  };

  const cancel = async (id: string, as: Importing): Promise<{ userErrors: { code: string }[] }> => {
    const mutation = "mutation ($id: ID!) { cancelImport(input: { id: $id }) { userErrors { code } } }";
    const { data, errors } = await desk.ask(as, mutation, { id });
    if (!data) throw new Error(JSON.stringify(errors));
    return data.cancelImport;
  };

  const mailCodes = async (id: string): Promise<string[]> => {
    const { rows } = await db.owner.query("SELECT template FROM platform.mail WHERE subject_id = $1 ORDER BY id", [
      keyOf(id),
    ]);
    return rows.map(({ template }) => template);
  };

  it("tell who wants to be told how many rows have come to which end, and nothing of anybody", async () => {
    const { id } = await desk.import(await file("unknown;TRUE", "nobody;FALSE"), {
      ...{ as: anna, notifyEmail: " told@example.org " },
    });

    const mail = await mailTo("told@example.org");

    expect(mail.subject).to.equal("Votre import est terminé");
    expect(mail.text)
      .to.include("Lignes : 3\nNouveaux contacts : 0\nContacts modifiés : 1\n")
      .and.include("Erreurs : 2");
    expect(mail.text)
      .to.include(id)
      .and.not.match(/Geheim|geheim|x\.csv|https?:/);
    expect(mail.attachments).to.deep.equal([]);
  });

  it("say of a check that nothing was written", async () => {
    await desk.import(await file(), { as: anna, mode: "CHECK", notifyEmail: "check@example.org" });

    expect((await mailTo("check@example.org")).text)
      .to.include("Rien n'a été écrit.")
      .and.include("modifiés : 1");
  });

  it("say why an import could not be carried out", async () => {
    await desk.import("contactId;[new]NOTHING\nx;T", {
      as: { ...anna, locale: "en" },
      notifyEmail: "failed@example.org",
    });

    const mail = await mailTo("failed@example.org");

    expect(mail.subject).to.equal("Your import could not be carried out");
    expect(mail.text).to.include("The name of column 2 is none of this import.");
  });

  it("tell that an import was cancelled, whoever did it, and what was done until then", async () => {
    for (const [locale, subject, what] of [
      ["en", "Your import was cancelled", "Rows dealt with until then: 2"],
      ["fr", "Votre import a été interrompu", "Lignes traitées jusque-là : 2"],
      ["es", "Su importación se ha cancelado", "Filas tratadas hasta entonces: 2"],
    ] as const) {
      const notifyEmail = `cancelled.${locale}@example.org`;
      const id = await halfDone({ ...anna, locale }, notifyEmail);

      const { userErrors } = await cancel(id, { login: "ben", clearance: 2, locale: "fr" });
      const again = await cancel(id, { login: "ben", clearance: 2 });
      const mail = await mailTo(notifyEmail);

      expect([userErrors, again.userErrors.map(({ code }) => code)]).to.deep.equal([[], ["IMPORT_HAS_ENDED"]]);
      expect(mail.subject).to.equal(subject);
      expect(mail.text).to.include(what).and.include(id);
      expect(await mailCodes(id)).to.deep.equal(["IMPORT_ENDED"]);
    }
  });

  it("say of a cancelled check that nothing was written", async () => {
    const id = await halfDone({ ...anna, locale: "en" }, "stopped@example.org", "CHECK");

    await cancel(id, anna);

    expect((await mailTo("stopped@example.org")).text)
      .to.include("The check of your file was cancelled. Nothing was written.")
      .and.include("Rows dealt with until then: 2");
  });

  it("tell of an undo as well", async () => {
    const { id } = await desk.import(await file(), { as: anna, notifyEmail: "undone@example.org" });
    await mailTo("undone@example.org");

    await undoing.undo(id);
    const mail = await mailTo("undone@example.org", 2);

    expect(mail.subject).to.equal("Votre import a été annulé");
    expect(mail.text).to.include("Lignes rétablies : 1\nLignes laissées telles quelles : 0");
  });

  it("tell of an undo whom its request names, in the place of whom the import tells and in the language of who asks", async () => {
    const { id } = await desk.import(await file(), { as: anna, notifyEmail: "starter@example.org" });
    await mailTo("starter@example.org");
    const ben: Importing = { login: "ben", clearance: 2, organizations: ["OPERA"], locale: "es" };

    await undoing.ask(id, ben, undefined, "undoer@example.org");
    const mail = await mailTo("undoer@example.org");

    expect(mail.subject).to.equal("Su importación se ha deshecho");
    expect(mail.text).to.include("Filas devueltas: 1");
    await mailTo("starter@example.org", 1);
    expect(await mailCodes(id)).to.deep.equal(["IMPORT_ENDED", "IMPORT_UNDONE"]);
  });

  it("go to an address that is one, of an undo as well", async () => {
    const { userErrors } = await desk.start(await file(), { as: anna, notifyEmail: "no address" });

    const { id } = await desk.import(await file(), { as: anna });
    const undo = await undoing.ask(id, anna, undefined, "no address");

    const codes = [userErrors, undo.userErrors].map((errors) => errors.map(({ code, field }) => [code, ...field]));
    expect(codes).to.deep.equal([[["INVALID_EMAIL", "notifyEmail"]], [["INVALID_EMAIL", "notifyEmail"]]]);
  });

  it("are not sent for who has lost the right meanwhile, and forget the address with the rows", async () => {
    const leaver: Importing = { login: "leaver", clearance: 2 };
    const { id } = await desk.import(await file(), { as: leaver, notifyEmail: "left@example.org" });
    await mailTo("left@example.org");
    await db.owner.query("UPDATE privacy.operator SET roles = '{FRONT_DESK}' WHERE login = 'leaver'");
    db.clock.advance(31_000);

    await undoing.undo(id);
    const { rows: mails } = await eventually(
      () =>
        db.owner.query("SELECT mail_status FROM platform.mail WHERE subject_id = $1 AND template = 'IMPORT_UNDONE'", [
          keyOf(id),
        ]),
      ({ rows }) => rows[0]?.mail_status !== "QUEUED",
    );
    db.clock.advance(31 * 24 * 3_600_000);
    await importRetention(desk.application.services).run(new AbortController().signal);

    expect(mails.map(({ mail_status }) => mail_status)).to.deep.equal(["CANCELLED"]);
    expect(
      (await db.owner.query("SELECT FROM contacts.import_job WHERE num_nonnulls(notify_email, undo_notify_email) > 0"))
        .rowCount,
    ).to.equal(0);
  });

  it("say that a template could not be made", async () => {
    const templates = new TemplateDesk(db, desk);
    await templates.make({ type: "CONTACTS" }, anna);
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO contacts.import_template (institution_id, import_type, delimiter, locale, clearance, requested_by,
         requested_by_kind, claims, notice_version, notify_email, vain_runs)
       SELECT institution_id, import_type, delimiter, 'es', clearance, requested_by, requested_by_kind, claims,
         notice_version, 'template@example.org', 20
       FROM contacts.import_template WHERE requested_by = 'anna' LIMIT 1 RETURNING id`,
    );
    const { services } = desk.application;
    const signal = new AbortController().signal;

    await importTemplateTask(services).run({ institutionId: db.home.id, id: rows[0]!.id }, signal);
    const mail = await mailTo("template@example.org");
    db.clock.advance(8 * 24 * 3_600_000);
    await importTemplatePurge(services).run(signal);

    expect(mail.subject).to.equal("No se pudo crear su plantilla de importación");
    expect(mail.text).to.include(message("TEMPLATE_INTERRUPTED", "es"));
    const { rowCount } = await db.owner.query("SELECT FROM contacts.import_template WHERE notify_email IS NOT NULL");
    expect(rowCount).to.equal(0);
  });
});
