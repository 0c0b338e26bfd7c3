import { createHash } from "node:crypto";
import { readdir, utimes } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { audienceFiles, marketingModule } from "../../../src/marketing/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { fileSweep } from "../../../src/platform/jobs/index.js";
import { useDatabase } from "../../support/database.js";
import type { ContactWish, TestInstitution } from "../../support/rows.js";
import { ask } from "../graph.js";
import { campaignOf, operator, setClearance } from "./audience-pages.js";
import { contentOf, exported, readExport, request, runExport } from "./exports.js";

describe("exportAudience", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;
  let server: Server;
  let people = 0;

  before(async () => {
    const routes = marketingModule.routes!((await operator(db, db.home)).services);
    server = createServer((request, response) =>
      routes[new URL(request.url!, "http://x").pathname]!(request, response),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  after(() => server.close());

  beforeEach(async () => {
    institution = await db.institution();
    context = await operator(db, institution, { clearance: 1 });
  });

  const person = async (wish: ContactWish = {}, consent = "institution_email = true") => {
    const email = `p${people++}@example.org`;
    const contact = await db.insertContact({ institution, language: "fr", lastName: "Roux", email, ...wish });
    await db.owner.query(`UPDATE marketing.contact_marketing SET ${consent} WHERE contact_id = $1`, [contact.id]);
    return { ...contact, email: wish.email ?? email };
  };
  const fetchFile = (url: string, init: RequestInit = {}) => {
    const { pathname, search } = new URL(url);
    return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}${search}`, init);
  };
  const fileOf = async (url: string | null) => Buffer.from(await (await fetchFile(url!)).arrayBuffer());
  const log = async () => {
    const { rows } = await db.owner.query(
      `SELECT actor, access_kind AS kind, subject, contact_count AS count, clearance FROM privacy.audit_access
       WHERE institution_id = $1 ORDER BY id`,
      [institution.id],
    );
    return rows;
  };

  it("writes the recipients, and nobody else, as JSON Lines and as CSV", async () => {
    const [first, second] = [await person({ firstName: "Ana" }), await person({ title: "MRS" })];
    await person({}, "institution_email = false");

    const done = await exported(context, await campaignOf(context));
    const file = await fileOf(done.downloadUrl);
    const { objects, csv } = contentOf(file);

    expect(done).to.deep.include({ status: "DONE", progress: 1, contactCount: 2, failure: null });
    expect(done).to.include({ sizeBytes: file.length, sha256: createHash("sha256").update(file).digest("hex") });
    expect(objects.map(({ unsubscribeUrl, ...rest }) => rest)).to.deep.equal([
      {
        ...{ contactId: first.opaqueId, recipientId: first.opaqueId, contactNumber: first.contactNumber },
        ...{ firstName: "Ana", lastName: "Roux", language: "fr", email: first.email },
      },
      {
        ...{ contactId: second.opaqueId, recipientId: second.opaqueId, contactNumber: second.contactNumber },
        ...{ title: "MRS", lastName: "Roux", language: "fr", email: second.email },
      },
    ]);
    expect(objects.map(({ unsubscribeUrl }) => unsubscribeUrl)).to.match(/\/consent\/unsubscribe\?token=/);
    const [header, ...lines] = csv.split("\r\n");
    expect(header).to.equal(
      "\ufeffcontactId,recipientId,contactNumber,title,firstName,lastName,structureName,language,email,unsubscribeUrl",
    );
    expect([lines.length, lines.at(-1)]).to.deep.equal([3, ""]);
    expect(lines.join("\n")).to.include(`,MRS,,Roux,,fr,${second.email},`);
  });

  it("makes what a spreadsheet would take for a formula harmless in the CSV, and leaves JSON as it is (6.2)", async () => {
    await person({ lastName: '=HYPERLINK("http://x")', firstName: "@SUM(1)", email: "-2@example.org" });
    await person({ lastName: 'Line\nbreak, "quoted"', firstName: "\ttab" });
    const { objects, csv } = contentOf(await fileOf((await exported(context, await campaignOf(context))).downloadUrl));

    expect(objects.map(({ lastName }) => lastName).sort()).to.deep.equal([
      '=HYPERLINK("http://x")',
      'Line\nbreak, "quoted"',
    ]);
    expect(csv).to.include(`,'@SUM(1),"'=HYPERLINK(""http://x"")",,fr,'-2@example.org,`);
    expect(csv).to.include(`,"'\ttab","Line\nbreak, ""quoted""",`);
  });

  it("has what the channel takes, and no link to unsubscribe from what needs no consent", async () => {
    const { id } = await person({ mobile: "+41791234567" }, "sms = true, letter = true, has_postal_address = true");
    await db.owner.query(
      `INSERT INTO contacts.contact_address (institution_id, contact_id, kind, street1, town, country)
       VALUES ($1, $2, 'MAIN', 'Rue 1', 'Lausanne', 'CH')`,
      [institution.id, id],
    );
    const objectOf = async (wish: object) => {
      const { downloadUrl } = await exported(context, await campaignOf(context, wish));
      return contentOf(await fileOf(downloadUrl)).objects[0];
    };

    expect(await objectOf({ channel: "SMS" })).to.include({ mobile: "+41791234567" });
    expect(await objectOf({ channel: "LETTER" })).to.include({ street1: "Rue 1", town: "Lausanne", country: "CH" });
    const purchase = await objectOf({ type: "PURCHASE_INFORMATION" });
    expect(purchase).to.have.property("email");
    expect(purchase).not.to.have.property("unsubscribeUrl");
  });

  it("asks for the notice to be accepted first, and stands in the access log before the file can be fetched (F65)", async () => {
    await person();
    const campaign = await campaignOf(context);

    const refused = await request(context, campaign, { acceptedNoticeVersion: null });
    const asked = await request(context, campaign);
    const before = await log();
    await runExport(context, asked.audienceExport!.id);
    const after = await log();
    await fileOf((await readExport(context, asked.audienceExport!.id))!.downloadUrl);

    expect(refused).to.deep.include({ audienceExport: null });
    expect(refused.legalNotice).to.include({ code: "DATA_EXPORT", version: 1 });
    expect(refused.userErrors).to.deep.equal([{ code: "LEGAL_NOTICE_NOT_ACCEPTED", field: ["acceptedNoticeVersion"] }]);
    expect([asked.legalNotice.code, asked.audienceExport!.downloadUrl, before]).to.deep.equal([
      "DATA_EXPORT",
      null,
      [],
    ]);
    const entry = { actor: "op-1", kind: "EXPORT", subject: "Audience", count: 1, clearance: 1 };
    expect(after).to.deep.equal([entry]);
    expect(await log()).to.deep.equal([entry, { ...entry, subject: "AudienceFile" }]);
  });

  it("answers a repeat with the same key with the same export", async () => {
    const campaign = await campaignOf(context);
    const first = await request(context, campaign, { idempotencyKey: "once" });
    const again = await request(context, campaign, { idempotencyKey: "once" });

    expect(again.audienceExport!.id).to.equal(first.audienceExport!.id);
  });

  describe("keeps from callers what is not theirs to see", () => {
    it("contacts above the lower clearance of owner and caller (F05)", async () => {
      await person();
      const hidden = await person({ level: 1 });
      const low = await operator(db, institution, { login: "low" });
      const campaign = await campaignOf(low);
      const sam = await operator(db, institution, { login: "sam", kind: "SERVICE", clearance: 2 });

      for (const caller of [low, sam]) {
        const { downloadUrl, contactCount } = await exported(caller, campaign);
        expect(contactCount).to.equal(1);
        const { objects, csv } = contentOf(await fileOf(downloadUrl));
        expect(JSON.stringify(objects) + csv).not.to.include(hidden.email);
      }
    });

    it("contacts above the clearance that he is left with when the file is made", async () => {
      await person();
      await person({ level: 2 });
      const owner = await operator(db, institution, { clearance: 2 });
      const sam = await operator(db, institution, { login: "sam", kind: "SERVICE", clearance: 2 });
      const { audienceExport } = await request(sam, await campaignOf(owner));
      await setClearance(db, institution, { login: "sam", kind: "SERVICE", clearance: 0 });
      const lowered = await operator(db, institution, { login: "sam", kind: "SERVICE", clearance: 0 });

      await runExport(lowered, audienceExport!.id);

      expect(await readExport(lowered, audienceExport!.id)).to.deep.include({
        ...{ status: "FAILED", failure: { code: "CAMPAIGN_NOT_FOUND" } },
      });
      expect(await log()).to.deep.equal([]);
    });

    it("the file, when his rights are taken from him after it was made", async () => {
      await person({ level: 1 });
      const done = await exported(context, await campaignOf(context));
      await setClearance(db, institution, { login: "op-1", clearance: 0 });
      db.clock.advance(31_000);

      const { status } = await fetchFile(done.downloadUrl!);

      expect(status).to.equal(410);
      expect(await readExport(await operator(db, institution), done.id)).to.equal(null);
    });

    it("exports of others, campaigns of those who see more, and everything without the permission", async () => {
      const campaign = await campaignOf(context);
      const { id } = await exported(context, campaign);
      const [other, low] = [
        await operator(db, institution, { login: "other", clearance: 2 }),
        await operator(db, institution, { login: "low" }),
      ];
      const reader = await operator(db, institution, { login: "x", permissions: ["contact:read", "target:read"] });
      const input = `{ campaignId: "${campaign}", acceptedNoticeVersion: 1 }`;
      const { errors } = await ask(reader, `mutation { exportAudience(input: ${input}) { userErrors { code } } }`);

      expect(await readExport(other, id)).to.equal(null);
      expect((await request(low, campaign)).userErrors).to.deep.equal([
        { code: "CAMPAIGN_NOT_FOUND", field: ["campaignId"] },
      ]);
      expect(errors?.map(({ extensions }) => extensions?.code)).to.deep.equal(["FORBIDDEN"]);
    });

    it("columns that are withheld from him; the whole audience, where the gates decide by one", async () => {
      await person();
      const campaign = await campaignOf(context);
      const raise = (field: string) => operator(db, institution, { clearance: 1, raisedLevels: new Map([[field, 2]]) });
      await db.owner.query(
        "INSERT INTO privacy.field_level (institution_id, type_name, field_name, level) VALUES ($1, 'Contact', 'lastName', 2)",
        [institution.id],
      );
      await db.owner.query("UPDATE platform.institution SET settings_version = settings_version + 1 WHERE id = $1", [
        institution.id,
      ]);
      const caller = await raise("Contact.lastName");
      const { csv } = contentOf(await fileOf((await exported(caller, campaign)).downloadUrl));

      expect(csv).not.to.match(/lastName|Roux/);
      expect((await request(await raise("Contact.bounceStatus"), campaign)).userErrors).to.deep.equal([
        { code: "AUDIENCE_NOT_AVAILABLE", field: ["campaignId"] },
      ]);
    });
  });

  describe("lets its file be fetched", () => {
    it("by a link for ten minutes, with no other method, and by nothing that looks like it", async () => {
      await person();
      const { downloadUrl, id } = await exported(context, await campaignOf(context));
      const head = await fetchFile(downloadUrl!, { method: "HEAD" });
      const post = await fetchFile(downloadUrl!, { method: "POST" });
      const tampered = await fetchFile(downloadUrl!.replace(/.$/, (last) => (last === "A" ? "B" : "A")));
      const unsubscribe = await fetchFile("http://x/audience/file?token=");
      db.clock.advance(601_000);
      const late = await fetchFile(downloadUrl!);
      const fresh = await fetchFile((await readExport(context, id))!.downloadUrl!);

      expect([head.status, post.status, tampered.status, unsubscribe.status, late.status, fresh.status]).to.deep.equal([
        200, 405, 410, 410, 410, 200,
      ]);
      expect(fresh.headers.get("content-type")).to.equal("application/zip");
      expect(fresh.headers.get("cache-control")).to.equal("no-store");
      expect(fresh.headers.get("content-disposition")).to.equal('attachment; filename="recipients.zip"');
      await fresh.arrayBuffer();
    });

    it("for a day; then the sweep removes it", async () => {
      await person();
      const { id } = await exported(context, await campaignOf(context));
      const sweep = fileSweep(context.services, [], [audienceFiles]);
      await age(institution);
      const files = async () => (await storedFiles(institution.id)).length;

      await sweep.run(new AbortController().signal);
      const kept = await files();
      db.clock.advance(25 * 3_600_000);
      const expired = (await readExport(context, id))!.downloadUrl;
      await sweep.run(new AbortController().signal);

      expect([kept, expired, await files()]).to.deep.equal([1, null, 0]);
    });
  });

  /** Files were written long before the clock of the tests. */
  async function age({ id }: TestInstitution): Promise<void> {
    for (const file of await storedFiles(id)) await utimes(file, 0, 0);
  }

  async function storedFiles(institutionId: number): Promise<string[]> {
    const folder = `${db.filesFolder}/${institutionId}`;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((each) => each.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
  }

  it("is begun anew by another run when its worker stops, and leaves no file of the first behind", async () => {
    await person();
    const { audienceExport } = await request(context, await campaignOf(context));
    const stopped = await runExport(context, audienceExport!.id, AbortSignal.abort(new Error("stops"))).catch(
      (error: Error) => error.message,
    );

    const between = await readExport(context, audienceExport!.id);
    await runExport(context, audienceExport!.id);
    await runExport(context, audienceExport!.id);

    expect([stopped, between!.status]).to.deep.equal(["stops", "RUNNING"]);
    expect(await readExport(context, audienceExport!.id)).to.include({ status: "DONE", contactCount: 1 });
    expect(await log()).to.have.length(1);
  });
});
