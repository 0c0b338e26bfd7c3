import { rm } from "node:fs/promises";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import { type Stock, writeRaw, writeRows } from "./import/rows.js";

export const bench: Bench = {
  description: "authorizations of all contacts from a file, against COPY into a staging table and one UPDATE",
  scale: 50_000,
  changesData: true,
  async prepare(ground) {
    const stock = await stockOf(ground);
    const importer = await ground.start(new URL("./import/importer.js", import.meta.url), await settingsOf(ground));
    const raw = await ground.start(new URL("./import/raw-update.js", import.meta.url), {
      ...{ superuserUrl: ground.superuserUrl, institutionId: ground.institution.id },
    });
    const rows = stock.contacts.length;
    const perThousand = (milliseconds: number) => milliseconds / (rows / 1_000);
    // each round turns the values around, so that every row changes something
    let [isSms, isLetter] = [false, false];
    const caseOf = (name: string, how: "update" | "checkAndUpdate"): Case => ({
      ...{ name: `${rows} rows: ${name}`, unit: "ms/1000 rows", processes: [importer] },
      async product() {
        isSms = !isSms;
        const file = await writeRows(ground.folder, stock, isSms);
        const milliseconds = (await importer.call(how, { file, rows })) as number;
        await rm(file);
        await takeOut(ground);
        return perThousand(milliseconds);
      },
      async baseline() {
        isLetter = !isLetter;
        const file = await writeRaw(ground.folder, stock, isLetter);
        const milliseconds = (await raw.call("load", file)) as number;
        await rm(file);
        await tidyUp(ground);
        return perThousand(milliseconds);
      },
    });
    return [caseOf("update", "update"), caseOf("check, then update of its plan", "checkAndUpdate")];
  },
};

/** Every individual, refusing SMS and letters: the values that the rounds turn around. */
async function stockOf({ superuserUrl, institution }: Ground): Promise<Stock> {
  return withConnection(superuserUrl, async (superuser) => {
    await superuser.query("UPDATE contacts.contact SET validity_end_date = NULL WHERE institution_id = $1", [
      institution.id,
    ]);
    await superuser.query(
      "UPDATE marketing.contact_marketing SET sms = false, letter = false, validity_end_date = NULL WHERE institution_id = $1",
      [institution.id],
    );
    await superuser.query("VACUUM (ANALYZE) contacts.contact, marketing.contact_marketing");
    const { rows } = await superuser.query<{ id: string; number: string }>(
      `SELECT id, contact_number AS number FROM contacts.contact
       WHERE institution_id = $1 AND contact_type = 'INDIVIDUAL' AND anonymized_at IS NULL ORDER BY id`,
      [institution.id],
    );
    return { contacts: rows };
  });
}

/** Rounds are to find the same tables: what the imports left is taken out, and the space of old rows given back. */
async function takeOut(ground: Ground): Promise<void> {
  await withConnection(ground.superuserUrl, async (superuser) => {
    await superuser.query("TRUNCATE contacts.import_job, contacts.import_row, contacts.import_plan_chunk");
    // an institution that has imported before is known to the statistics; that of its first import ends with analysing them
    await superuser.query("ANALYZE contacts.import_row");
    await superuser.query("DELETE FROM marketing.authorization_change WHERE job_id IS NOT NULL");
  });
  await tidyUp(ground);
}

async function tidyUp({ superuserUrl }: Ground): Promise<void> {
  await withConnection(superuserUrl, async (superuser) => {
    await superuser.query("VACUUM contacts.contact, marketing.contact_marketing, marketing.authorization_change");
    await superuser.query("CHECKPOINT");
  });
}

async function settingsOf({ applicationUrl, folder, institution, operator }: Ground) {
  const issuer = await openDemoIssuer(folder, systemClock);
  const wish = { institution: institution.code, roles: ["ADMINISTRATOR"], clearance: 2 as const };
  const token = await issuer.sign({ subject: operator, kind: "OPERATOR", ...wish });
  return { applicationUrl, dataDir: folder, authorization: `Bearer ${token}` };
}
