import { deepStrictEqual } from "node:assert";
import { contactColumns } from "../src/contacts/contact.sql.js";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import type { Pressure } from "./harness/closed-loop.js";
import type { BenchProcess } from "./harness/process.js";
import { type Question, type Way, ways } from "./search/questions.js";

const pressure: Pressure = { clients: 1, durationMs: 1_500 };
const first = 20;
const verified = 10;

export const bench: Bench = {
  description: "searching contacts as the resolver does, 95 of 100, against the leanest statement on the same indexes",
  scale: 100_000,
  async prepare(ground) {
    const { superuserUrl, institution } = ground;
    const questions = await withConnection(superuserUrl, async (superuser) => {
      const asked = new Map<Way, Question[]>();
      for (const way of ways) asked.set(way, await way.ask(superuser, institution.id));
      return asked;
    });
    const searcher = await startSearcher(ground, questions);
    const cases: Case[] = [];
    for (const [way, asked] of questions) {
      if (asked.length === 0) throw new Error(`nothing to ask for: ${way.name}`);
      const raw = await startRaw(ground, way, asked);
      await verify(way, searcher, raw);
      cases.push({
        ...{ name: way.name, unit: "ms, p95", processes: [searcher] },
        product: () => searcher.call("tail", { name: way.name, pressure }),
        baseline: () => raw.call("tail", pressure),
      });
    }
    return cases;
  },
};

async function startSearcher(ground: Ground, questions: ReadonlyMap<Way, Question[]>): Promise<BenchProcess> {
  const { applicationUrl, folder, operator } = ground;
  const issuer = await openDemoIssuer(folder, systemClock);
  const { code: institution } = ground.institution;
  const roles = ["ADMINISTRATOR"];
  const token = await issuer.sign({ subject: operator, kind: "OPERATOR", institution, roles, clearance: 2 });
  return ground.start(new URL("./search/searcher.js", import.meta.url), {
    ...{ applicationUrl, dataDir: folder, authorization: `Bearer ${token}`, first },
    filters: Object.fromEntries([...questions].map(([{ name }, asked]) => [name, asked.map(({ filter }) => filter)])),
  });
}

/** The same columns of the same page, and nothing around it. */
function startRaw(ground: Ground, way: Way, questions: readonly Question[]): Promise<BenchProcess> {
  const { applicationUrl, institution, operator } = ground;
  const { condition, order = "c.search_name", planning } = way;
  const begin = beginStatement(
    {
      ...{ institutionId: institution.id, clearance: 2, ownContactId: null, actor: operator, actorKind: "OPERATOR" },
      ...{ source: "OPERATOR", timeZone: "Europe/Zurich", clock: systemClock },
    },
    "READ ONLY",
  );
  return ground.start(new URL("./harness/raw-sql.js", import.meta.url), {
    applicationUrl,
    connections: 1,
    begin: `${begin}; SET LOCAL plan_cache_mode = ${planning}`,
    statement: `SELECT json_agg(found) FROM (
      SELECT ${contactColumns} FROM contacts.contact c
      WHERE c.institution_id = $1 AND c.anonymized_at IS NULL
        AND (c.validity_end_date IS NULL OR c.validity_end_date >= platform.today()) AND ${condition}
      ORDER BY ${order}, c.id LIMIT ${first + 1}) found`,
    samples: questions.map(({ values }) => [institution.id, ...values]),
  });
}

/** @throws AssertionError when product and baseline do not answer the same */
async function verify({ name }: Way, searcher: BenchProcess, raw: BenchProcess): Promise<void> {
  for (let count = 0; count < verified; count++) {
    const found = ((await raw.call("read", count)) ?? []) as { contactNumber: string }[];
    const numbers = found.slice(0, first).map(({ contactNumber }) => contactNumber);
    deepStrictEqual(await searcher.call("numbers", { name, count }), numbers, name);
  }
}
