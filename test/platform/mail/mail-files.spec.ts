import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect } from "chai";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import {
  type Letter,
  type MailTransport,
  mailFileTask,
  mailTask,
  queueMail,
} from "../../../src/platform/mail/index.js";
import { eraseContacts } from "../../../src/privacy/erasure/index.js";
import { ProductGraph } from "../../privacy/erasure/product-graph.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";

describe("the files of mails, without a mail server (4.5)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  const noSignal = new AbortController().signal;

  before(() => {
    graph = new ProductGraph(db);
  });
  beforeEach(async () => {
    await rm(db.mailFolder, { recursive: true, force: true });
    await mkdir(db.mailFolder, { recursive: true });
  });

  const files = async () => (await readdir(db.mailFolder)).sort();
  const fileOf = (id: string, { id: institutionId }: TestInstitution = db.home) => `${institutionId}-${id}.eml`;
  const person = (email: string) => db.insertContact({ email });

  const anonymize = ({ opaqueId }: TestContact) => graph.change("privacy", "anonymizeContact", { contactId: opaqueId });
  const removeFiles = (signal = noSignal) =>
    mailFileTask(graph.services).run({ institutionId: db.home.id, id: "all" }, signal);

  async function waiting(): Promise<number> {
    const { rows } = await db.owner.query("SELECT count(*)::int AS count FROM platform.mail_file");
    return rows[0].count;
  }

  async function jobs(): Promise<number> {
    const { rows } = await db.owner.query(
      "SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'platform.mail-files'",
    );
    return rows[0].count;
  }

  /** Mails that were sent, each with its file. */
  async function sentMails(contact: TestContact, count: number, institution = db.home): Promise<string[]> {
    const { rows } = await db.owner.query<{ id: string }>(
      `INSERT INTO platform.mail (institution_id, template, contact_id, locale, mail_status, attempts, ended_at)
       SELECT $1, 'PRIVACY_INFORMATION', $2, 'en', 'SENT', 1, $3 FROM generate_series(1, $4) RETURNING id`,
      [institution.id, contact.id, db.clock.now(), count],
    );
    const ids = rows.map(({ id }) => id);
    for (const id of ids) await writeFile(join(db.mailFolder, fileOf(id, institution)), "Dear");
    return ids;
  }

  describe("of an erased contact", () => {
    it("go, with what a run that died has half written, and others' stay", async () => {
      const abroad = await db.institution();
      const [erased, other] = [await person("erased@example.com"), await person("other@example.com")];
      const foreign = await db.insertContact({ institution: abroad });
      const [id] = await sentMails(erased, 2);
      const [kept] = await sentMails(other, 1);
      const [theirs] = await sentMails(foreign, 1, abroad);
      await writeFile(join(db.mailFolder, `${fileOf(id!)}.part`), "De");
      const before = await jobs();

      await anonymize(erased);
      const asked = (await jobs()) - before;
      await removeFiles();

      expect(asked).to.equal(1);
      expect(await files()).to.deep.equal([fileOf(kept!), fileOf(theirs!, abroad)].sort());
      expect(await waiting()).to.equal(0);
    });

    it("stay when his erasure is undone", async () => {
      const contact = await person("undone@example.com");
      const [id] = await sentMails(contact, 1);

      const failed = await inTransaction(graph.services.pools.bulk, systemSession(graph.services, db.home.id), erasing)
        .then(() => null)
        .catch((error: Error) => error.message);
      await removeFiles();

      expect(failed).to.equal("undone");
      expect(await files()).to.deep.equal([fileOf(id!)]);

      async function erasing(sql: Sql): Promise<void> {
        const contacts = [{ id: contact.id, outcome: "DELETE" as const }];
        await eraseContacts(graph.services, sql, { contacts, rule: "MANUAL" });
        throw new Error("undone");
      }
    });

    it("go however many they are, whether each is there or not, and however often the task runs", async () => {
      const contact = await person("many@example.com");
      const ids = await sentMails(contact, 1001);
      for (const id of ids.filter((_, index) => index % 3 === 0)) await rm(join(db.mailFolder, fileOf(id)));
      await anonymize(contact);

      await Promise.all([removeFiles(), removeFiles()]);
      await removeFiles();

      expect(await files()).to.deep.equal([]);
      expect(await waiting()).to.equal(0);
    });

    it("wait for the next run when the process stops", async () => {
      const contact = await person("stopped@example.com");
      const [id] = await sentMails(contact, 1);
      await anonymize(contact);

      const stopped = await removeFiles(AbortSignal.abort()).catch((error: Error) => error.name);
      const between = await files();
      await removeFiles();

      expect(stopped).to.equal("AbortError");
      expect(between).to.deep.equal([fileOf(id!)]);
      expect(await files()).to.deep.equal([]);
    });

    it("are looked for even when nobody had taken the mail yet", async () => {
      const contact = await person("early@example.com");
      const id = await queue(contact);
      await anonymize(contact);
      // a run that took the mail, and sent it, before its row went
      await writeFile(join(db.mailFolder, fileOf(id)), "Dear");

      await removeFiles();

      expect(await files()).to.deep.equal([]);
    });
  });

  const queue = ({ id: contactId }: TestContact): Promise<string> =>
    db.context.transaction((sql) => queueMail(sql, { template: "PRIVACY_INFORMATION", contactId, locale: "en" }));

  const queueFile = (): Promise<string> =>
    db.context.transaction((sql) =>
      queueMail(sql, { template: "IMPORT_TEMPLATE", contactId: null, locale: "en", carriesContacts: true }),
    );

  const text = { to: { name: "Zoë", address: "zoe@example.com" }, subject: "Data", text: "Dear Zoë\n" };
  const content = async () => Readable.from([Buffer.from("everybody")]);
  const withFile: Letter = { ...text, attachment: { name: "all.txt", type: "text/plain", open: content } };

  interface Sending {
    readonly letter?: Letter | null;
    during?(): Promise<unknown>;
    after?(): Promise<unknown>;
  }

  /** Sends it with the folder's transport; `during` happens between the text's writing and the file's. */
  function send(id: string, wish: Sending = {}): Promise<void> {
    const { letter = text } = wish;
    const folder = graph.services.mail;
    const mail: MailTransport = {
      ...folder,
      async deliver(outgoing) {
        await wish.during?.();
        await folder.deliver(outgoing);
        await wish.after?.();
      },
    };
    const codes = ["PRIVACY_INFORMATION", "IMPORT_TEMPLATE"] as const;
    const templates = codes.map((code) => ({ code, compose: async () => letter }));
    const task = mailTask({ ...graph.services, mail }, templates);
    return task.run({ institutionId: db.home.id, id }, noSignal);
  }

  describe("of a contact who is erased while his mail is being sent", () => {
    const eraseAndRemove = async (contact: TestContact) => {
      await anonymize(contact);
      await removeFiles();
    };

    it("do not stay, though the task had come before them", async () => {
      const [contact, other] = [await person("racing@example.com"), await person("calm@example.com")];
      const [id, kept] = [await queue(contact), await queue(other)];

      await send(kept);
      await send(id, { during: () => eraseAndRemove(contact) });

      expect(await files()).to.deep.equal([fileOf(kept)]);
    });

    it("do not stay when the sending then fails", async () => {
      const contact = await person("failing@example.com");
      const id = await queue(contact);

      const failed = await send(id, {
        during: () => eraseAndRemove(contact),
        after: () => Promise.reject(new Error("disk")),
      }).catch((error: Error) => error.name);

      expect(failed).to.equal("MailDelayed");
      expect(await files()).to.deep.equal([]);
    });

    it("go with the next run of the job, when the process died before it could remove them", async () => {
      const contact = await person("killed@example.com");
      const id = await queue(contact);
      await eraseAndRemove(contact);
      // written by the run that died
      await writeFile(join(db.mailFolder, fileOf(id)), "Dear");

      await send(id);

      expect(await files()).to.deep.equal([]);
    });
  });

  describe("with data of contacts, of whom nobody knows which", () => {
    const eraseSomebody = async (email: string) => {
      await anonymize(await person(email));
      await removeFiles();
    };

    it("go when somebody is erased, once; those without stay", async () => {
      const [carrier, other] = [await queueFile(), await queue(await person("reader@example.com"))];
      await send(carrier, { letter: withFile });
      await send(other);
      const before = await files();

      await eraseSomebody("inside@example.com");
      const jobsBefore = await jobs();
      await eraseSomebody("inside.too@example.com");

      expect(before).to.deep.equal([fileOf(carrier), fileOf(other)].sort());
      expect(await files()).to.deep.equal([fileOf(other)]);
      expect(await jobs(), "nothing is left to remove").to.equal(jobsBefore);
    });

    it("do not stay when somebody is erased while they are being sent, whether the sending fails or not", async () => {
      const [id, failing] = [await queueFile(), await queueFile()];

      await send(id, { letter: withFile, during: () => eraseSomebody("racing.inside@example.com") });
      const failed = await send(failing, {
        letter: withFile,
        during: () => eraseSomebody("failing.inside@example.com"),
        after: () => Promise.reject(new Error("disk")),
      }).catch((error: Error) => error.name);

      expect(failed).to.equal("MailDelayed");
      expect(await files()).to.deep.equal([]);
    });

    it("go with the next run of the job, which has nothing to send, when the process died", async () => {
      const id = await queueFile();
      await eraseSomebody("killed.inside@example.com");
      // written by the run that died
      await writeFile(join(db.mailFolder, fileOf(id)), "everybody");

      await send(id, { letter: null });

      expect(await files()).to.deep.equal([]);
    });
  });

  describe("of a mail that another run has taken over", () => {
    it("stay: the run that comes too late removes nothing", async () => {
      const contact = await person("taken@example.com");
      const id = await queue(contact);

      await send(id, {
        during: async () => {
          // this run's time is over, though it does not know
          db.clock.advance(6 * 60_000);
          await send(id);
        },
      });
      await send(id);

      const { rows } = await db.owner.query("SELECT mail_status AS status, attempts FROM platform.mail WHERE id = $1", [
        id,
      ]);
      expect(rows).to.deep.equal([{ status: "SENT", attempts: 2 }]);
      expect(await files()).to.deep.equal([fileOf(id)]);
    });
  });
});
