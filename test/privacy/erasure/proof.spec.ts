import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import {
  closeCertificate,
  eraseContacts,
  erasureProof,
  nightlyErasureProof,
} from "../../../src/privacy/erasure/index.js";
import { zipOf } from "../../contacts/import/zips.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ProductGraph } from "./product-graph.js";

describe("the pass after an erasure (design 6)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let house: TestInstitution;

  beforeEach(async () => {
    graph = new ProductGraph(db);
    house = await db.institution();
  });

  const ana = { firstName: "Anabel", lastName: "Ruiz Soto", email: "Anabel.Ruiz@Example.org", phone: "079 555 12 34" };

  const newContact = (wish: object = {}) => db.insertContact({ institution: house, ...wish });

  function note(contact: TestContact, text: string): Promise<unknown> {
    return db.owner.query(
      "INSERT INTO contacts.note (institution_id, contact_id, text, created_by) VALUES ($1, $2, $3, 'front.desk')",
      [house.id, contact.id, text],
    );
  }

  const anonymize = ({ opaqueId }: TestContact) =>
    graph.change("privacy", "anonymizeContact", { contactId: opaqueId }, { institution: house });

  const prove = () => nightlyErasureProof(graph.services).run(new AbortController().signal);

  async function findings(): Promise<string[]> {
    const { rows } = await db.owner.query(
      "SELECT kind || ' ' || place AS found FROM privacy.erasure_finding WHERE institution_id = $1 ORDER BY 1",
      [house.id],
    );
    return rows.map(({ found }) => found);
  }

  async function certificates(): Promise<Record<string, unknown>[]> {
    const { rows } = await db.owner.query(
      `SELECT status, proof_key AS key, proved_at AS at, pass,
         (SELECT count(*)::int FROM privacy.erasure_digest d
          WHERE d.institution_id = c.institution_id AND d.certificate_id = c.id) AS digests
       FROM privacy.erasure_certificate c WHERE institution_id = $1 ORDER BY id`,
      [house.id],
    );
    return rows;
  }

  it("lists what stands in the texts of others, however it is written, for review", async () => {
    const [contact, other] = [await newContact(ana), await newContact()];
    await note(other, "Shares tickets with (ANABEL.RUIZ@example.org).\nCall +41 79/555-12-34!");
    await db.owner.query(
      `INSERT INTO marketing.target (institution_id, name, target_kind, filter, clearance, owner, owner_kind, owner_claims)
       VALUES ($1, 'Ana', 'DYNAMIC', $2, 0, 'o', 'OPERATOR', '{}')`,
      [house.id, JSON.stringify({ rules: [{ field: "email", values: ["anabel.ruiz@example.org"] }] })],
    );
    await anonymize(contact);

    await prove();

    expect(await findings()).to.deep.equal([
      "EMAIL contacts.note.text",
      "EMAIL marketing.target.filter",
      "PHONE contacts.note.text",
    ]);
  });

  it("takes what a living contact shares for no finding, and a name only in the person's own rows", async () => {
    const [contact, twin] = [await newContact(ana), await newContact({ ...ana, phone: undefined })];
    await note(twin, "anabel.ruiz@example.org, Anabel Ruiz");
    await anonymize(contact);
    await db.owner.query(
      `INSERT INTO history.interaction (institution_id, contact_id, medium, interaction_status, occurred_at, description, created_by)
       VALUES ($1, $2, 'PHONE', 'OPEN', now(), 'written behind our back by ruíz soto, anabel', 'o')`,
      [house.id, contact.id],
    );

    await prove();

    expect(await findings()).to.deep.equal(["NAME history.interaction.description"]);
  });

  it("looks into stored files, packed ones and those of spreadsheets as well", async () => {
    const contact = await newContact(ana);
    const text = "email;lastName\r\nanabel.ruiz@example.org;Ruiz\r\n";
    const contents = [
      Buffer.from(text),
      gzipSync(text),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
    ];
    for (const content of [...contents, Buffer.from("nobody@example.org")])
      await graph.services.files.put(house.id, Readable.from([content]), { maxBytes: 10_000 });
    await anonymize(contact);

    await prove();

    expect(await findings()).to.deep.equal(["EMAIL file", "EMAIL file", "EMAIL file"]);
  });

  it("looks into each file of a zip and at its name, and says what it could not look into", async () => {
    const contact = await newContact(ana);
    const zip = await zipOf({
      "recipients.csv": "email\r\nanabel.ruiz@example.org\r\n",
      "packed.csv.gz": gzipSync("call 0795551234"),
      "anabel.ruiz@example.org.csv": "nothing",
      "others.csv": "nobody@example.org",
      "again.zip": await zipOf({ "a.csv": "anabel.ruiz@example.org" }),
    });
    const broken = Buffer.concat([zip.subarray(0, 40), Buffer.alloc(200)]);
    for (const content of [zip, broken, gzipSync("x".repeat(5_000)).subarray(0, 30)])
      await graph.services.files.put(house.id, Readable.from([content]), { maxBytes: 10_000 });
    await anonymize(contact);

    await prove();

    expect(await findings()).to.deep.equal(["EMAIL file", "EMAIL file", "PHONE file"]);
    const { rows } = await db.owner.query(
      "SELECT row_key FROM privacy.erasure_finding WHERE institution_id = $1 ORDER BY 1",
      [house.id],
    );
    expect(rows.map(({ row_key }) => row_key.replace(/^.*\//, ""))).to.deep.equal(["1", "2", "3"]);
    expect((await certificates())[0]!.pass).to.include({ unreadFiles: 3 });
  });

  it("reads mails that landed as files as their reader does: texts, attachments, and zips in them", async () => {
    const [contact, elsewhere] = [await newContact(ana), await db.institution()];
    const zip = await zipOf({ "template.csv": "id;email\r\n1;anabel.ruiz@example.org\r\n" });
    const letter = { to: { name: "", address: "desk@example.org" }, subject: "Ready", text: "Call 0795551234 – née\n" };
    const attachment = { name: "a.zip", type: "application/zip", open: async () => Readable.from([zip]) };
    const plain = { name: "a.txt", type: "text/plain", open: async () => Readable.from([Buffer.from("0795551234")]) };
    const outgoing = { ...letter, messageKey: "key", date: db.clock.now() };
    await graph.services.mail.deliver({ ...outgoing, reference: `${house.id}-1`, attachment });
    await graph.services.mail.deliver({ ...outgoing, text: "-", reference: `${house.id}-2`, attachment: plain });
    await graph.services.mail.deliver({ ...outgoing, reference: `${elsewhere.id}-3`, attachment });
    await anonymize(contact);

    await prove();

    const { rows } = await db.owner.query(
      "SELECT kind, place, row_key AS key FROM privacy.erasure_finding WHERE institution_id = $1 ORDER BY 1, 3",
      [house.id],
    );
    expect(rows.map(({ kind, place, key }) => `${kind} ${place} ${key}`)).to.deep.equal([
      `EMAIL mail ${house.id}-1/1/1`,
      `PHONE mail ${house.id}-1`,
      `PHONE mail ${house.id}-2/1`,
    ]);
    expect((await certificates())[0]!.pass).to.include({ unreadFiles: 0 });
  });

  it("ends with the certificate done, and with what it compared with gone, key and all", async () => {
    const [first, second] = [await newContact(ana), await newContact({ email: "second@example.org" })];
    await anonymize(first);
    await anonymize(second);
    const before = await certificates();

    await prove();

    expect(before.map(({ status }) => status)).to.deep.equal(["PENDING", "PENDING"]);
    expect(before[0]!.key, "one pass serves both").to.deep.equal(before[1]!.key);
    expect(before[0]!.digests).to.be.above(3);
    for (const after of await certificates()) {
      expect(after).to.include({ status: "DONE", key: null, digests: 0 });
      expect(after.at).to.deep.equal(db.clock.now());
      expect(after.pass).to.include({ findings: 0, isCut: false });
    }
  });

  it("waits for a batch to end, and has one pass for all of its chunks", async () => {
    const contacts = [await newContact(ana), await newContact({ email: "second@example.org" })];
    const session = systemSession(graph.services, house.id);
    const run = <Result>(work: (sql: Sql) => Promise<Result>) =>
      inTransaction(graph.services.pools.bulk, session, work);
    for (const { id } of contacts)
      await run((sql) =>
        eraseContacts(graph.services, sql, {
          contacts: [{ id, outcome: "ANONYMIZE" }],
          rule: "INACTIVITY:36",
          runId: "7",
        }),
      );
    await prove();
    expect((await certificates()).map(({ status }) => status)).to.deep.equal(["OPEN"]);

    await run((sql) => closeCertificate(sql, "7"));
    await erasureProof(graph.services).run({ institutionId: house.id, id: "7" }, new AbortController().signal);

    expect((await certificates()).map(({ status, digests }) => [status, digests])).to.deep.equal([["DONE", 0]]);
  });

  it("begins again after it died", async () => {
    await anonymize(await newContact(ana));
    const dying = new AbortController();
    dying.abort(new Error("killed"));

    const end = await erasureProof(graph.services)
      .run({ institutionId: house.id, id: "1" }, dying.signal)
      .catch((error: Error) => error.message);

    expect(end).to.equal("killed");
    const [left] = await certificates();
    expect(left).to.include({ status: "PROVING" });
    expect(left!.digests, "they survive").to.be.above(3);
    await prove();
    expect((await certificates())[0]).to.include({ status: "DONE", digests: 0 });
  });
});
