import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import PostalMime from "postal-mime";
import type { OperationContext } from "../../../src/platform/context.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { closeCertificate, eraseContacts, nightlyErasureProof } from "../../../src/privacy/erasure/index.js";
import { product } from "../../../src/product.js";
import { campaignOf, operator } from "../../marketing/audience/audience-pages.js";
import { exported } from "../../marketing/audience/exports.js";
import { unzipped } from "../../marketing/audience/unzipped.js";
import { targetOf } from "../../marketing/campaigns/campaigns.js";
import { useDatabase } from "../../support/database.js";
import type { TestContact, TestInstitution } from "../../support/rows.js";
import { ProductGraph } from "./product-graph.js";

describe("files that an erased person may stand in (7.1, design 6)", () => {
  const db = useDatabase();
  let graph: ProductGraph;
  let house: TestInstitution;
  let context: OperationContext;
  let people = 0;
  const noSignal = new AbortController().signal;

  beforeEach(async () => {
    await rm(db.mailFolder, { recursive: true, force: true });
    graph = new ProductGraph(db);
    house = await db.institution();
    context = await operator(db, house, { clearance: 1, services: graph.services });
  });

  async function person(lastName: string): Promise<TestContact> {
    const wish = { institution: house, lastName, language: "fr", email: `p${people++}@example.org` };
    const contact = await db.insertContact(wish);
    await db.owner.query("UPDATE marketing.contact_marketing SET institution_email = true WHERE contact_id = $1", [
      contact.id,
    ]);
    return contact;
  }

  /** Those of the store, as their reader finds them. */
  async function texts(): Promise<string[]> {
    const folder = `${db.filesFolder}/${house.id}`;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((each) => each.isFile());
    const zips = await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name))));
    return zips.flatMap((zip) => [...unzipped(zip).values()]);
  }

  /** What is attached to mails that landed as files, as their reader finds it. */
  async function attachedTexts(): Promise<string[]> {
    const names = await readdir(db.mailFolder).catch(() => []);
    const mails = await Promise.all(names.map((name) => readFile(join(db.mailFolder, name))));
    const parsed = await Promise.all(mails.map((mail) => PostalMime.parse(mail)));
    const zips = parsed.flatMap(({ attachments }) => attachments.map(({ content }) => content as ArrayBuffer));
    return zips.flatMap((zip) => [...unzipped(Buffer.from(zip)).values()]);
  }

  /** A template, made and mailed. */
  async function mailedTemplate(): Promise<void> {
    const { services, caller } = context;
    const { login, kind, clearance } = caller;
    const wish = { services, login, kind, clearance, institution: house };
    const input = { type: "AUTHORIZATIONS", targetId: await targetOf(context), notifyEmail: "desk@example.org" };
    await graph.change("contacts", "generateImportTemplate", input, wish);
    await runQueued();
    await runQueued();
  }

  /** The jobs that are queued, as the worker runs them. */
  async function runQueued(): Promise<void> {
    const { rows } = await db.owner.query<{ name: string; data: { institutionId: number; id: string } }>(
      `DELETE FROM pgboss.job WHERE data->>'institutionId' = $1 AND name NOT LIKE '%proof%' RETURNING name, data`,
      [String(house.id)],
    );
    for (const { name, data } of rows) {
      await product
        .tasks(graph.services)
        .find(({ queue }) => queue === name)
        ?.run(data, noSignal);
      await product
        .schedules(graph.services)
        .find(({ queue }) => queue === name)
        ?.run(noSignal);
    }
  }

  async function findings(): Promise<string[]> {
    await nightlyErasureProof(graph.services).run(noSignal);
    const { rows } = await db.owner.query(
      "SELECT kind || ' ' || place AS found FROM privacy.erasure_finding WHERE institution_id = $1 ORDER BY 1",
      [house.id],
    );
    return rows.map(({ found }) => found);
  }

  const erasures: Record<string, (contact: TestContact) => Promise<unknown>> = {
    anonymizeContact: ({ opaqueId }) =>
      graph.change("privacy", "anonymizeContact", { contactId: opaqueId }, { institution: house }),
    "a run": ({ id }) =>
      inTransaction(graph.services.pools.bulk, systemSession(graph.services, house.id), async (sql) => {
        const contacts = [{ id, outcome: "DELETE" as const }];
        await eraseContacts(graph.services, sql, { contacts, rule: "INACTIVITY:36", runId: "7" });
        await closeCertificate(sql, "7");
      }),
  };

  for (const [name, erase] of Object.entries(erasures))
    it(`go at once, and leave no finding, when ${name} has erased him: exports of audiences`, async () => {
      const goes = await person("Quatremer");
      await person("Stayer");
      await exported(context, await campaignOf(context));
      const before = await texts();

      await erase(goes);
      await runQueued();

      expect(before.join("\n")).to.include("Quatremer");
      expect(await texts()).to.deep.equal([]);
      expect(await findings()).to.deep.equal([]);
    });

  for (const [name, erase] of Object.entries(erasures))
    it(`go at once when ${name} has erased him: mails with a template`, async () => {
      const goes = await person("Quatremer");
      await person("Stayer");
      await mailedTemplate();
      const before = await attachedTexts();

      await erase(goes);
      await runQueued();

      expect(before.join("\n")).to.include("Quatremer");
      expect(await attachedTexts()).to.deep.equal([]);
      expect(await texts()).to.deep.equal([]);
      expect(await findings()).to.deep.equal([]);
    });

  it("go before the pass looks, when it comes before the jobs that remove them", async () => {
    const goes = await person("Quatremer");
    await exported(context, await campaignOf(context));
    await mailedTemplate();
    const before = [(await texts()).length, (await attachedTexts()).length];

    await erasures["a run"]!(goes);
    const found = await findings();

    expect(before).to.deep.equal([3, 1]);
    expect(found).to.deep.equal([]);
    expect([...(await texts()), ...(await attachedTexts())]).to.deep.equal([]);
  });

  it("go when their time is over: exports of audiences", async () => {
    await person("Quatremer");
    await exported(context, await campaignOf(context));
    const purge = product.schedules(graph.services).find(({ queue }) => queue === "marketing.audience-export-purge")!;
    await purge.run(noSignal);
    const kept = await texts();

    db.clock.advance(24 * 3_600_000);
    await purge.run(noSignal);

    expect(kept).to.have.length(2);
    expect(await texts()).to.deep.equal([]);
  });
});
