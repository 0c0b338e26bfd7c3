import pg from "pg";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { rawCleanUp, rawErasure, rawItems, rawRecency, rawTables } from "./anonymize/raw.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import type { BenchProcess } from "./harness/process.js";

/** Of everybody, who is inactive. */
const inactive = 0.3;
/** Rounds that there are people for, of both sides together: those of one round are gone in the next. */
const slices = 12;
/** As large as the product's transactions. */
const erasedTogether = 2_000;

interface Done {
  readonly milliseconds: number;
  readonly planHash: string;
  readonly counts: { readonly anonymize: number; readonly keptActive: number };
}

export const bench: Bench = {
  description: "the recency of everybody, and anonymizing the inactive, against one statement for each table",
  scale: 100_000,
  changesData: true,
  async prepare(ground) {
    const batcher = await ground.start(new URL("./anonymize/batcher.js", import.meta.url), await settingsOf(ground));
    const cutoff = await prepareData(ground);
    const terms = termsOf(cutoff);
    return [recencyCase(ground, batcher, { cutoff, terms }), await erasureCase(ground, batcher, { cutoff, terms })];
  },
};

interface Terms {
  readonly inactivityMonths: number;
  readonly asOf: string;
}

/** Everybody's recency worked out, kept and judged, as the first time. */
function recencyCase(ground: Ground, batcher: BenchProcess, wish: { cutoff: string; terms: Terms }): Case {
  const { superuserUrl, institution, scale } = ground;
  const perThousand = (milliseconds: number) => milliseconds / (scale / 1_000);
  return {
    ...{ name: "recency and eligibility of everybody", unit: "ms/1000 contacts", processes: [batcher] },
    warmUpRounds: 1,
    async product() {
      await execute(
        superuserUrl,
        "TRUNCATE privacy.gdpr_recency, privacy.anonymization_run_item; TRUNCATE privacy.anonymization_run CASCADE",
      );
      await execute(superuserUrl, "CHECKPOINT");
      const { milliseconds } = (await batcher.call("simulate", wish.terms)) as Done;
      return perThousand(milliseconds);
    },
    async baseline() {
      await execute(superuserUrl, rawTables);
      await execute(superuserUrl, "CHECKPOINT");
      return perThousand(
        await timed(superuserUrl, async (client) => {
          await client.query(rawRecency, [institution.id]);
          await client.query(rawItems, [institution.id, wish.cutoff]);
        }),
      );
    },
  };
}

/** A part of the inactive customers, in transactions of 2,000. A role keeps all others out. */
async function erasureCase(
  ground: Ground,
  batcher: BenchProcess,
  wish: { cutoff: string; terms: Terms },
): Promise<Case> {
  const { terms, cutoff } = wish;
  const { superuserUrl, institution } = ground;
  const parts = await inactivePeople(ground, batcher, terms);
  const next = () => {
    const part = parts.shift();
    if (!part) throw new Error(`there are people for ${slices} rounds`);
    return part;
  };
  return {
    ...{ name: "a run: inactive customers, then old tickets", unit: "ms/1000 contacts", processes: [batcher] },
    warmUpRounds: 1,
    async product() {
      const part = next();
      await execute(
        superuserUrl,
        "DELETE FROM contacts.contact_role WHERE institution_id = $1 AND contact_id = ANY($2) AND role = 'SUPPORT'",
        [institution.id, part],
      );
      const { planHash } = (await batcher.call("simulate", terms)) as Done;
      await execute(superuserUrl, "CHECKPOINT");
      const { milliseconds, counts } = (await batcher.call("run", planHash)) as Done;
      if (counts.anonymize !== part.length) throw new Error(`${counts.anonymize} of ${part.length} were anonymized`);
      return milliseconds / (part.length / 1_000);
    },
    async baseline() {
      const part = next();
      await execute(superuserUrl, "CHECKPOINT");
      const milliseconds = await timed(superuserUrl, async (client) => {
        for (let start = 0; start < part.length; start += erasedTogether) {
          await client.query("BEGIN");
          for (const statement of rawErasure)
            await client.query(statement, [institution.id, part.slice(start, start + erasedTogether)]);
          await client.query("COMMIT");
        }
        for (const statement of rawCleanUp) await client.query(statement, [institution.id, cutoff]);
      });
      return milliseconds / (part.length / 1_000);
    },
  };
}

/** Inactive customers without an open balance, in slices; a role keeps every one of them out. */
async function inactivePeople({ superuserUrl, institution }: Ground, batcher: BenchProcess, terms: Terms) {
  await execute(superuserUrl, "TRUNCATE privacy.gdpr_recency");
  await batcher.call("simulate", terms);
  return withConnection(superuserUrl, async (superuser) => {
    const { rows } = await superuser.query<{ ids: string[] }>(
      `WITH last AS (SELECT max(id) AS id FROM privacy.anonymization_run WHERE institution_id = $1),
       listed AS (
         SELECT i.contact_id, outcomes, (row_number() OVER (ORDER BY i.contact_id)) % $2 AS slice
         FROM privacy.anonymization_run_item i JOIN last ON last.id = i.run_id
         WHERE i.institution_id = $1 AND i.outcomes IN ('{ANONYMIZE}', '{DELETE}')),
       kept AS (
         INSERT INTO contacts.contact_role (institution_id, contact_id, role)
         SELECT $1, contact_id, 'SUPPORT' FROM listed ON CONFLICT DO NOTHING)
       SELECT array_agg(contact_id ORDER BY contact_id) AS ids FROM listed WHERE outcomes = '{ANONYMIZE}' GROUP BY slice`,
      [institution.id, slices],
    );
    await superuser.query("VACUUM ANALYZE");
    return rows.map(({ ids }) => ids);
  });
}

/** Statistics, and the day on which that part is inactive. */
async function prepareData({ superuserUrl, institution }: Ground): Promise<string> {
  return withConnection(superuserUrl, async (superuser) => {
    await superuser.query(rawTables);
    await superuser.query("VACUUM ANALYZE");
    await superuser.query(rawRecency, [institution.id]);
    const { rows } = await superuser.query<{ day: string }>(
      "SELECT (percentile_disc($1::float8) WITHIN GROUP (ORDER BY day))::text AS day FROM bench_recency",
      [inactive],
    );
    return rows[0]!.day;
  });
}

/** Whole months, and the last day from which they lead to the cutoff, not after today. */
function termsOf(cutoff: string): Terms {
  const [year, month, day] = cutoff.split("-").map(Number) as [number, number, number];
  const now = new Date();
  const months = (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - month - 1;
  if (months < 1) throw new Error(`so many are inactive only since ${cutoff}`);
  const asOf = new Date(Date.UTC(year, month - 1 + months, Math.min(day, 28)));
  return { inactivityMonths: months, asOf: asOf.toISOString().slice(0, 10) };
}

async function timed(url: string, work: (client: pg.Client) => Promise<void>): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const startedAt = performance.now();
    await work(client);
    return performance.now() - startedAt;
  } finally {
    await client.end();
  }
}

const execute = (url: string, statement: string, values?: readonly unknown[]) =>
  withConnection(url, (superuser) => superuser.query(statement, values && [...values]));

async function settingsOf({ applicationUrl, folder, institution, operator }: Ground) {
  const issuer = await openDemoIssuer(folder, systemClock);
  const wish = { institution: institution.code, organizations: [], roles: ["ADMINISTRATOR"], clearance: 2 as const };
  const token = await issuer.sign({ subject: operator, kind: "OPERATOR", ...wish });
  return { applicationUrl, dataDir: folder, authorization: `Bearer ${token}` };
}
