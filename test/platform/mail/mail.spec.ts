import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { pino } from "pino";
import { Rollback } from "../../../src/platform/database/transaction.js";
import { startWorker } from "../../../src/platform/jobs/index.js";
import {
  type Letter,
  type MailTemplate,
  mailTask,
  queueMail,
  smtpTransport,
} from "../../../src/platform/mail/index.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import { type MailServer, startMailServer } from "../../support/mail-server.js";

const sender = { name: "Théâtre", address: "tickets@example.org" };

describe("mails", () => {
  const db = useDatabase();
  let server: MailServer;

  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(() => server.stop());

  /** A text that reads its recipient when it is written, as every template does. */
  const template: MailTemplate = {
    code: "PRIVACY_INFORMATION",
    async compose(sql, { contactId, locale }): Promise<Letter | null> {
      const { rows } = await sql.query<{ email: string | null }>(
        "SELECT email FROM contacts.contact WHERE institution_id = $1 AND id = $2",
        [sql.institutionId, contactId],
      );
      const address = rows[0]?.email;
      return address ? { to: { name: "Zoë", address }, subject: `Données (${locale})`, text: "Très bien.\n" } : null;
    },
  };

  const taskOf = (templates = [template], url = server.url) =>
    mailTask(db.services({ mail: smtpTransport(url, sender) }), templates);
  const noSignal = new AbortController().signal;
  const send = (id: string, task = taskOf()) => task.run({ institutionId: db.home.id, id }, noSignal);

  const queue = (contactId: string): Promise<string> =>
    db.context.transaction((sql) => queueMail(sql, { template: "PRIVACY_INFORMATION", contactId, locale: "fr" }));

  async function rowOf(id: string) {
    const { rows } = await db.owner.query(
      `SELECT mail_status AS status, attempts, failure_code AS failure, ended_at IS NOT NULL AS "hasEnded"
       FROM platform.mail WHERE id = $1`,
      [id],
    );
    return rows[0];
  }

  it("reach a mail server, through the worker, in the language that was asked for", async () => {
    const { id: contactId } = await db.insertContact({ email: "zoe@example.com" });
    const log = pino({ level: "silent" });
    const worker = await startWorker({ url: db.appUrl, tasks: [taskOf()], log, pollMs: 500 });

    const id = await queue(contactId);
    await eventually(
      () => rowOf(id),
      ({ hasEnded }) => hasEnded,
    ).finally(() => worker.stop(0));

    expect(await rowOf(id)).to.deep.equal({ status: "SENT", attempts: 1, failure: null, hasEnded: true });
    expect(server.received.map(({ from, to }) => ({ from, to }))).to.deep.equal([
      { from: "tickets@example.org", to: ["zoe@example.com"] },
    ]);
    const { raw } = server.received[0]!;
    expect(raw).to.match(/^Subject: =\?UTF-8\?Q\?Donn=C3=A9es_=28fr=29\?=/m);
    expect(raw).to.match(/^Auto-Submitted: auto-generated/m);
    expect(raw).to.include("Tr=C3=A8s bien.");
  });

  it("are not sent when the change that asks for them is undone", async () => {
    const { id: contactId } = await db.insertContact({ email: "undone@example.com" });

    await db.context.transaction(async (sql) => {
      await queueMail(sql, { template: "PRIVACY_INFORMATION", contactId, locale: "en" });
      throw new Rollback(undefined);
    });

    const { rowCount } = await db.owner.query("SELECT FROM platform.mail WHERE contact_id = $1", [contactId]);
    expect(rowCount).to.equal(0);
  });

  it("go where the contact is reached when they are sent, and nowhere when he is no longer", async () => {
    const { id: contactId } = await db.insertContact({ email: "old@example.com" });
    const [moved, gone] = [await queue(contactId), await queue(contactId)];

    await db.owner.query("UPDATE contacts.contact SET email = 'new@example.com' WHERE id = $1", [contactId]);
    await send(moved);
    await db.owner.query("UPDATE contacts.contact SET email = NULL WHERE id = $1", [contactId]);
    await send(gone);

    expect(server.received.map(({ to }) => to)).to.deep.equal([["new@example.com"]]);
    expect(await rowOf(gone)).to.deep.equal({
      status: "CANCELLED",
      attempts: 1,
      failure: "NO_RECIPIENT",
      hasEnded: true,
    });
  });

  it("are sent once, however often their job runs, also at the same time", async () => {
    const { id: contactId } = await db.insertContact({ email: "once@example.com" });
    const id = await queue(contactId);

    await Promise.allSettled(Array.from({ length: 6 }, () => send(id)));
    await send(id);

    expect(server.received).to.have.length(1);
  });

  it("are tried again with the same Message-ID, until the server takes them", async () => {
    const { id: contactId } = await db.insertContact({ email: "later@example.com" });
    const [id, twin] = [await queue(contactId), await queue(contactId)];
    server.refuseNext(450);

    const error = await send(id).catch((reason: Error) => reason);
    const afterFirst = await rowOf(id);
    await send(id);
    await send(twin);
    // as if the process had died after the server's yes
    await db.owner.query("UPDATE platform.mail SET mail_status = 'QUEUED' WHERE id = $1", [id]);
    await send(id);

    expect(error).to.have.property("name", "MailDelayed");
    expect(afterFirst).to.deep.equal({ status: "QUEUED", attempts: 1, failure: "EENVELOPE", hasEnded: false });
    const ids = server.received.map(({ raw }) => /^Message-ID: (<[^@>]+@example\.org>)/im.exec(raw)?.[1]);
    expect(ids).to.have.length(3);
    expect(ids[0]).to.be.a("string").and.to.equal(ids[2]).and.not.to.equal(ids[1]);
  });

  it("wait for a server that does not answer, and for a worker that knows their text", async () => {
    const { id: contactId } = await db.insertContact({ email: "wait@example.com" });
    const id = await queue(contactId);

    const nobody = await send(id, taskOf([template], "smtp://127.0.0.1:1")).catch((reason: Error) => reason);
    const unknown = await send(id, taskOf([])).catch((reason: Error) => reason);

    expect([nobody, unknown].map((error) => (error as { code?: string }).code)).to.deep.equal([
      "ESOCKET",
      "TEMPLATE_UNKNOWN",
    ]);
    expect(await rowOf(id)).to.include({ status: "QUEUED", attempts: 2 });
  });

  it("are given up when the server refuses the address for good", async () => {
    const { id: contactId } = await db.insertContact({ email: "nobody@example.com" });
    const id = await queue(contactId);
    server.refuseNext(550);

    await send(id);
    await send(id);

    expect(await rowOf(id)).to.deep.equal({ status: "FAILED", attempts: 1, failure: "SMTP_550", hasEnded: true });
    expect(server.received).to.deep.equal([]);
  });

  it("are given up after many attempts", async () => {
    const { id: contactId } = await db.insertContact({ email: "never@example.com" });
    const id = await queue(contactId);
    await db.owner.query("UPDATE platform.mail SET attempts = 49 WHERE id = $1", [id]);

    await send(id, taskOf([template], "smtp://127.0.0.1:1"));

    expect(await rowOf(id)).to.include({ status: "FAILED", attempts: 50 });
  });

  it("of a run that died wait until nobody else can be sending them", async () => {
    const { id: contactId } = await db.insertContact({ email: "lease@example.com" });
    const id = await queue(contactId);
    await db.owner.query("UPDATE platform.mail SET leased_until = $2 WHERE id = $1", [
      id,
      new Date(db.clock.now().getTime() + 60_000),
    ]);

    const early = await send(id).catch((reason: Error) => reason);
    db.clock.advance(60_000);
    await send(id);

    expect(early).to.have.property("code", "MAIL_LEASED");
    expect(await rowOf(id)).to.include({ status: "SENT", attempts: 1 });
  });

  it("let no name or subject smuggle in a header or a recipient", async () => {
    const { id: contactId } = await db.insertContact({ email: "to@example.com" });
    const hostile: MailTemplate = {
      ...template,
      compose: async () => ({
        to: { name: 'x" <spy@example.com>,\r\nBcc: spy@example.com', address: "to@example.com" },
        subject: "a\r\nBcc: spy@example.com\r\n\r\nbody",
        text: ".\n.\n",
      }),
    };

    await send(await queue(contactId), taskOf([hostile]));

    const { to, raw } = server.received[0]!;
    expect(to).to.deep.equal(["to@example.com"]);
    expect(raw).not.to.match(/^Bcc:/im);
  });

  it("land as files that name nobody and only their owner reads, without a mail server", async () => {
    const { id: contactId } = await db.insertContact({ email: "file@example.com" });
    const id = await queue(contactId);

    await send(id, mailTask(db.services(), [template]));

    const file = join(db.mailFolder, `${db.home.id}-${id}.eml`);
    expect(await readdir(db.mailFolder)).to.deep.equal([`${db.home.id}-${id}.eml`]);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readFile(file, "utf8")).to.match(/^To: =\?UTF-8\?Q\?Zo=C3=AB\?= <file@example\.com>\r$/m);
  });
});
