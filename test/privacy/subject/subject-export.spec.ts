import { expect } from "chai";
import { plannedCodes } from "../../../src/contacts/personal-data.js";
import { contactPermissions } from "../../../src/platform/access/permissions.js";
import { FileNotFound } from "../../../src/platform/files/index.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { exportedColumns, Labels, type TableDeclaration } from "../../../src/platform/personal-data/index.js";
import { product } from "../../../src/product.js";
import { useDatabase } from "../../support/database.js";
import { type FullFile, fillFile } from "../erasure/full-file.js";
import { SubjectDesk } from "./subject-desk.js";

describe("exportSubject, the right of access", function () {
  this.timeout(60_000);
  const db = useDatabase();
  let desk: SubjectDesk;

  before(async () => {
    desk = await SubjectDesk.of(db);
  });

  /** Rows of a table that are this contact's, as the map leads to them. */
  async function rowsOf(
    { table, person = [] }: TableDeclaration,
    contactId: string,
  ): Promise<Record<string, unknown>[]> {
    const his = person.map((link) =>
      typeof link === "string"
        ? `t.${link} = $1`
        : `t.${link.column} IN (SELECT o.${link.key} FROM ${link.table} o WHERE o.${link.person} = $1)`,
    );
    const { rows } = await db.owner.query(`SELECT t.* FROM ${table} t WHERE ${his.join(" OR ")}`, [contactId]);
    return rows;
  }

  describe("of a file with a marker in every text", () => {
    let [own, other]: FullFile[] = [];
    let files: Awaited<ReturnType<SubjectDesk["files"]>>;

    before(async () => {
      [own, other] = [await fillFile(db, desk.graph), await fillFile(db, desk.graph)];
      files = await desk.files(await desk.make({ contactId: own.opaqueId }));
    });

    it("shows every row and every text that the map marks, over all modules, in both files", async () => {
      for (const declaration of product.personalData) {
        const columns = exportedColumns(declaration);
        if (columns.length === 0) continue;
        const rows = await rowsOf(declaration, own!.id);
        const shown = files.data.data[declaration.table]?.rows ?? [];
        // the export itself is in the access log and its own table by now
        if (!/subject_export|audit_access/.test(declaration.table))
          expect(shown.length, declaration.table).to.equal(rows.length);
        const texts = rows
          .flatMap((row) => columns.map((name) => row[name]))
          .filter((value) => typeof value === "string");
        const marked = [...own!.markers.foundIn(texts.join("\n")), ...own!.places.foundIn(texts.join("\n"))];
        expect([...own!.markers.foundIn(files.json), ...own!.places.foundIn(files.json)]).to.include.members(marked);
        expect([...own!.markers.foundIn(files.html), ...own!.places.foundIn(files.html)]).to.include.members(marked);
      }
      const tables = Object.keys(files.data.data);
      expect(new Set(tables.map((name) => name.split(".")[0]))).to.deep.equal(
        new Set(["contacts", "marketing", "history", "platform", "privacy"]),
      );
      expect(own!.markers.foundIn(files.json)).to.have.length.above(40);
    });

    it("opens the number of the identity document, which only he and the cleared may read (F10)", () => {
      expect(own!.markers.foundIn(files.json)).to.include("document");
      expect(files.data.data["contacts.identity_document"]!.rows).to.have.length(1);
    });

    it("says nothing of anybody else: no marker of another file, no number of another contact, no operator", async () => {
      for (const file of [files.json, files.html]) {
        // days, internet addresses and numbers of telephones are the same in both files
        const texts = other!.markers.foundIn(file).filter((place) => !/phone|mobile|birthDate|^ip$/.test(place));
        expect(texts).to.deep.equal([]);
        expect(other!.places.foundIn(file)).to.deep.equal([]);
        expect(file).to.not.include("Ensemble").and.not.include("Friend").and.not.include("svc-ticketing");
      }
      const links = files.data.data["contacts.audit_contact"]!.rows.filter(({ entity }) => entity === "Connection");
      expect(links).to.not.deep.equal([]);
      for (const entry of links) expect(entry).to.not.have.property("key");
    });

    it("reads numbers as what they stand for", () => {
      const { data } = files.data;
      const [ticket] = data["history.ticket"]!.rows;
      const [beneficiary] = data["history.ticket_beneficiary"]!.rows;
      const changes = data["marketing.authorization_change"]!.rows;

      expect(data["contacts.contact"]!.rows[0]).to.include({ confidentialityLevel: "FREE" });
      expect(ticket!.productId).to.equal(`${own!.orderNumber} (${own!.orderNumber})`);
      expect(beneficiary!.ticketId).to.match(/ – \d+$/);
      expect(data["history.order_line"]!.rows[0]).to.include({ orderId: own!.orderNumber, quantity: 2 });
      expect(data["contacts.contact_criterion"]!.rows[0]!.criterionId).to.match(/^C\d+$/);
      expect(changes.flatMap(({ isTrue }) => isTrue)).to.include("SMS");
    });
  });

  it("names every table and column that it shows in English, French and Spanish", () => {
    const shown = product.personalData.flatMap((each) => {
      const columns = exportedColumns(each);
      return columns.length > 0 ? [[each.table, columns] as const] : [];
    });
    const labels = new Labels(desk.graph.services.ports.erasers.map((each) => each.labels));

    expect(
      labels.missing({ ...Object.fromEntries(shown), "contacts.identity_document": ["sealed_number"] }),
      "name these in the `personal-data.labels.ts` of their module",
    ).to.deep.equal([]);
  });

  it("reads what imports plan by the codes that marketing counts with", () => {
    expect(plannedCodes).to.deep.equal(desk.graph.services.ports.marketing.authorizationCodes);
  });

  it("shows a column as soon as the map marks it, named as the database does until it has a name", async () => {
    const { opaqueId } = await db.insertContact({ lastName: "Nouvelle" });
    const { services } = desk.graph;
    const erasers = services.ports.erasers.map((module) => ({
      ...module,
      personalData: module.personalData.map((each) =>
        each.table === "contacts.contact" ? { ...each, kept: { ...each.kept, version: "RECORD" as const } } : each,
      ),
    }));
    const { subjectExport } = await desk.ask({ contactId: opaqueId });

    await desk.work(subjectExport.id, undefined, { ...services, ports: { ...services.ports, erasers } });
    const { data, html } = await desk.files(subjectExport);

    expect(data.data["contacts.contact"]!.rows[0]).to.include({ version: 1, lastName: "Nouvelle" });
    expect(html).to.include('<th scope="row">Version</th><td>1</td>');
  });

  it("says in words on the page what stands as codes in the file for programs, and leaves text as it is", async () => {
    const { opaqueId, id } = await db.insertContact({ lastName: "SALE" });
    await db.owner.query(
      "INSERT INTO contacts.contact_role (institution_id, contact_id, role) VALUES ($1, $2, 'GUIDE')",
      [db.home.id, id],
    );

    const { html, data } = await desk.files(await desk.make({ contactId: opaqueId, locale: "es" }));

    expect(html).to.include("<td>Persona</td>").and.include("<td>Guía</td>").and.include("<td>SALE</td>");
    expect(html).to.not.include("INDIVIDUAL");
    expect(data.data["contacts.contact"]!.rows[0]).to.include({ contactType: "INDIVIDUAL" });
  });

  it("is a page in the reader's language, without script and with nothing to load, whatever stands in the data", async () => {
    const lastName = `<script>alert("1")</script>&amp;'"><img src=x onerror=alert(1)>`;
    const { opaqueId, id } = await db.insertContact({ lastName, referenceCode: "\u0007bell" });
    await db.owner.query(
      "INSERT INTO contacts.note (institution_id, contact_id, text, created_by) VALUES ($1, $2, $3, 'zora'), ($1, $2, $3, 'zora')",
      [db.home.id, id, "</td></table><iframe src=//evil.example></iframe>\nsecond line"],
    );

    const made = await desk.make({ contactId: opaqueId, locale: "fr" });
    const { html, data } = await desk.files(made);

    expect(made).to.include({ locale: "fr", status: "READY" });
    expect(html)
      .to.include('<html lang="fr">')
      .and.include("Vos données personnelles")
      .and.include("<h2>Votre fiche</h2>");
    expect(html).to.not.match(/<(script|iframe|img|link|object|form|base)/i);
    expect(html.match(/<[a-z0-9!/]+/gi)!.map((tag) => tag.toLowerCase())).to.have.members(
      html
        .match(/<\/?(?:!doctype|html|head|meta|title|style|body|h1|h2|p|div|table|tr|th|td)\b/gi)!
        .map((tag) => tag.toLowerCase()),
    );
    expect(html).to.include("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;&#39;&quot;&gt;");
    expect(html).to.include("&lt;/td&gt;&lt;/table&gt;").and.not.include("\u0007").and.not.include("zora");
    expect(html).to.include("default-src 'none'");
    expect(data.data["contacts.contact"]!.rows[0]).to.include({ lastName, referenceCode: "\u0007bell" });
  });

  it("is complete whatever the level of its contact, and takes a caller who is cleared for everybody (F05)", async () => {
    const hidden = await db.insertContact({ lastName: "Caché", level: 2 });
    const gone = await db.insertContact({ anonymizedAt: new Date() });
    const codes = async (contactId: string) => (await desk.ask({ contactId })).userErrors;

    const { data } = await desk.files(await desk.make({ contactId: hidden.opaqueId }));

    expect(data.data["contacts.contact"]!.rows[0]).to.include({ lastName: "Caché" });
    expect(await codes("nobody")).to.deep.equal([{ code: "CONTACT_NOT_FOUND", field: ["contactId"] }]);
    expect(await codes(gone.opaqueId)).to.deep.equal([{ code: "CONTACT_ANONYMIZED", field: ["contactId"] }]);
    expect(contactPermissions).to.not.include("subject:export");
  });

  it("stands in the access log before it can be fetched, with the notice that was shown (F65)", async () => {
    const { id, opaqueId } = await db.insertContact({});
    const log = async () => {
      const { rows } = await db.owner.query(
        `SELECT actor, access_kind AS kind, subject, contact_count AS count FROM privacy.audit_access WHERE contact_id = $1`,
        [id],
      );
      return rows;
    };
    const { subjectExport, legalNotice } = await desk.ask({ contactId: opaqueId });
    const before = await log();

    await desk.work(subjectExport.id);

    expect(legalNotice).to.deep.equal({ code: "DATA_EXPORT", version: 1 });
    expect(before).to.deep.equal([]);
    expect(await log()).to.deep.equal([{ actor: "dpo", kind: "EXPORT", subject: "SubjectExport", count: 1 }]);
    const { rows } = await db.owner.query(
      "SELECT notice_version AS v FROM privacy.subject_export WHERE contact_id = $1",
      [id],
    );
    expect(rows).to.deep.equal([{ v: 1 }]);
  });

  it("answers a repeat with the same key with the same export", async () => {
    const { opaqueId } = await db.insertContact({});
    const input = { contactId: opaqueId, idempotencyKey: "twice" };

    const [first, second] = [await desk.ask(input), await desk.ask(input)];

    expect(second.subjectExport.id).to.equal(first.subjectExport.id);
  });

  it("refuses a language that there is not, and an address that is none", async () => {
    const { opaqueId } = await db.insertContact({});

    const { userErrors, subjectExport } = await desk.ask({ contactId: opaqueId, locale: "de", notifyEmail: "nobody" });

    expect(subjectExport).to.equal(null);
    expect(userErrors.map(({ code }: { code: string }) => code)).to.deep.equal(["UNKNOWN_LOCALE", "INVALID_EMAIL"]);
  });

  it("comes to nothing when its contact is erased while it is made, or before, and leaves no file", async () => {
    const [one, two] = [await db.insertContact(), await db.insertContact()];
    const { services } = desk.graph;
    const { subjectExport: running } = await desk.ask({ contactId: one.opaqueId });
    const { subjectExport: waiting } = await desk.ask({ contactId: two.opaqueId });
    const kept: string[] = [];
    const { files } = services;
    const erasing: typeof files = {
      put: async (...given) => {
        const file = await files.put(...given);
        kept.push(file.id);
        await desk.graph.change("privacy", "anonymizeContact", { contactId: one.opaqueId });
        return file;
      },
      open: (...given) => files.open(...given),
      sizeOf: (id) => files.sizeOf(id),
      remove: (id) => files.remove(id),
      olderThan: (instant) => files.olderThan(instant),
      check: () => files.check(),
    };

    await desk.graph.change("privacy", "anonymizeContact", { contactId: two.opaqueId, deleteIfProspect: true });
    await desk.work(running.id, undefined, { ...services, files: erasing });
    await desk.work(waiting.id);

    expect((await desk.look(running.id))!).to.deep.include({ status: "FAILED", downloadUrl: null });
    expect((await desk.look(running.id))!.failure!.code).to.equal("CONTACT_ANONYMIZED");
    expect(await desk.look(waiting.id)).to.equal(null);
    expect(kept).to.have.length(1);
    expect(await services.files.sizeOf(kept[0]!).catch((error: Error) => error)).to.be.instanceOf(FileNotFound);
  });

  it("is begun anew when its worker stops, and fails with a code when who asked has lost the right", async () => {
    const { opaqueId } = await db.insertContact();
    const { subjectExport } = await desk.ask({ contactId: opaqueId });
    const { subjectExport: lost } = await desk.ask({ contactId: opaqueId });

    const stopped = await desk
      .work(subjectExport.id, AbortSignal.abort(new Error("stops")))
      .catch(({ message }) => message);
    const between = await desk.look(subjectExport.id);
    await desk.work(subjectExport.id);
    await db.owner.query(
      "UPDATE privacy.subject_export SET claims = jsonb_set(claims, '{permissions}', '[]') WHERE id = $1",
      [decodeId("SubjectExport", lost.id)],
    );
    await desk.work(lost.id);

    expect([stopped, between!.status, (await desk.look(subjectExport.id))!.status]).to.deep.equal([
      ...["stops", "RUNNING", "READY"],
    ]);
    expect((await desk.look(lost.id))!.failure!.code).to.equal("SUBJECT_EXPORT_NOT_PERMITTED");
  });
});
