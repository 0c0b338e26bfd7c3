import { readdir } from "node:fs/promises";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import type { OperationContext } from "../../../src/platform/context.js";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { DirectoryFileStore } from "../../../src/platform/files/index.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { eraseContacts } from "../../../src/privacy/erasure/index.js";
import { ProductGraph } from "../../privacy/erasure/product-graph.js";
import { useDatabase } from "../../support/database.js";
import { eventually } from "../../support/eventually.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { campaignOf, operator } from "./audience-pages.js";
import { contentOf, readExport, request, runExport } from "./exports.js";

/** A store where something happens between a file and its publication. */
class WatchedFiles extends DirectoryFileStore {
  made = 0;
  afterPut: (() => Promise<void>) | undefined;

  override async put(institutionId: number, source: Readable, options: { maxBytes: number }) {
    const file = await super.put(institutionId, source, options);
    this.made++;
    await this.afterPut?.();
    return file;
  }
}

describe("exportAudience while somebody is erased (F48)", () => {
  const db = useDatabase();
  let institution: TestInstitution;
  let context: OperationContext;
  let files: WatchedFiles;
  let people = 0;

  beforeEach(async () => {
    institution = await db.institution();
    files = new WatchedFiles(db.filesFolder);
    const services = { ...new ProductGraph(db).services, files };
    context = await operator(db, institution, { clearance: 1, services });
  });

  const person = async (consent = "institution_email = true") => {
    const contact = await db.insertContact({ institution, language: "fr", email: `e${people++}@example.org` });
    await db.owner.query(`UPDATE marketing.contact_marketing SET ${consent} WHERE contact_id = $1`, [contact.id]);
    return contact;
  };
  const erasing = ({ id }: TestContact, then?: (db: Sql) => Promise<void>) =>
    inTransaction(db.pools().bulk, systemSession(context.services, institution.id), async (sql) => {
      const erased = await eraseContacts(context.services, sql, {
        ...{ contacts: [{ id, outcome: "ANONYMIZE" }], rule: "MANUAL" },
      });
      await then?.(sql);
      return erased;
    });
  const erase = (contact: TestContact) => erasing(contact);
  const ask = async () => (await request(context, await campaignOf(context))).audienceExport!.id;
  const recipientsIn = async (id: string) => {
    const { rows } = await db.owner.query("SELECT file_id FROM marketing.audience_export WHERE id = $1", [
      decodeId("AudienceExport", id),
    ]);
    const { objects } = contentOf(await buffer(await files.open(rows[0].file_id)));
    return objects.map(({ contactId }) => contactId);
  };
  const storedFiles = async () => {
    const entries = await readdir(`${db.filesFolder}/${institution.id}`, { recursive: true, withFileTypes: true });
    return entries.filter((each) => each.isFile()).length;
  };

  it("is begun anew without who stood in the file, which nobody has seen", async () => {
    const [stays, goes] = [await person(), await person()];
    const id = await ask();
    files.afterPut = async () => {
      files.afterPut = undefined;
      await erase(goes);
    };

    await runExport(context, id);

    expect(await readExport(context, id)).to.include({ status: "DONE", contactCount: 1 });
    expect([await recipientsIn(id), files.made, await storedFiles()]).to.deep.equal([[stays.opaqueId], 2, 1]);
  });

  it("is kept when those do not stand in it who were erased, however many", async () => {
    const stays = await person();
    const others = [await person("institution_email = false"), await person("institution_email = false")];
    const id = await ask();
    files.afterPut = async () => {
      for (const other of others) await erase(other);
    };

    await runExport(context, id);

    expect(await readExport(context, id)).to.include({ status: "DONE", contactCount: 1 });
    expect([await recipientsIn(id), files.made]).to.deep.equal([[stays.opaqueId], 1]);
  });

  it("counts once on the certificates of those who are erased one after another", async () => {
    const [one, other] = [await person(), await person()];
    const id = await ask();
    await runExport(context, id);

    const counts: (number | undefined)[] = [];
    for (const each of [one, other]) counts.push((await erase(each)).steps["marketing.audience_export"]);

    expect(counts).to.deep.equal([1, undefined]);
  });

  it("waits for who is being erased, and does not have him", async () => {
    const [stays, goes] = [await person(), await person()];
    const id = await ask();
    const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    let exporting: Promise<void> | undefined;
    await erasing(goes, async () => {
      exporting = runExport(context, id);
      await eventually(
        async () => (await db.superuser(waiting)).rowCount,
        (count) => count === 1,
      );
    });

    await exporting;

    expect([await recipientsIn(id), files.made]).to.deep.equal([[stays.opaqueId], 1]);
  });
});
