import { deepStrictEqual } from "node:assert";
import { contactColumns } from "../src/contacts/contact.sql.js";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import { type Pressure, tailLoop } from "./harness/closed-loop.js";
import { HttpClient } from "./harness/http-client.js";
import type { BenchProcess } from "./harness/process.js";
import { type Question, type Way, ways } from "./search/questions.js";

const pressure: Pressure = { clients: 1, durationMs: 1_500 };
const first = 20;
const verified = 10;

/** What a list of hits shows. */
const query = `query ($filter: ContactFilter!) {
  searchContacts(filter: $filter, first: ${first}) {
    nodes { id contactNumber type isValid isBlocked firstName lastName structureName email phone mobile birthDate }
    pageInfo { hasNextPage endCursor }
  }
}`;

export const bench: Bench = {
  description:
    "searching contacts as the resolver does, and over HTTP, 95 of 100, against the leanest statement on the same indexes",
  scale: 100_000,
  async prepare(ground) {
    const { superuserUrl, institution } = ground;
    const questions = await withConnection(superuserUrl, async (superuser) => {
      const asked = new Map<Way, Question[]>();
      for (const way of ways) asked.set(way, await way.ask(superuser, institution.id));
      return asked;
    });
    const token = await tokenFor(ground);
    const searcher = await startSearcher(ground, token, questions);
    const product = await startProduct(ground, token);
    const cases: Case[] = [];
    for (const [way, asked] of questions) {
      if (asked.length === 0) throw new Error(`nothing to ask for: ${way.name}`);
      const raw = await startRaw(ground, way, asked);
      await verify(way, raw, (count) => searcher.call("numbers", { name: way.name, count }));
      cases.push({
        ...{ name: way.name, unit: "ms, p95", processes: [searcher] },
        product: () => searcher.call("tail", { name: way.name, pressure }),
        baseline: () => raw.call("tail", pressure),
      });
      if (way.isAskedOverHttp) cases.push(await httpCase(way, asked, product, raw));
    }
    return cases;
  },
};

async function tokenFor({ folder, operator, institution }: Ground): Promise<string> {
  const issuer = await openDemoIssuer(folder, systemClock);
  const claims = { subject: operator, kind: "OPERATOR", institution: institution.code, clearance: 2 } as const;
  return issuer.sign({ ...claims, roles: ["ADMINISTRATOR"] });
}

function startSearcher(ground: Ground, token: string, questions: ReadonlyMap<Way, Question[]>): Promise<BenchProcess> {
  const { applicationUrl, folder } = ground;
  return ground.start(new URL("./search/searcher.js", import.meta.url), {
    ...{ applicationUrl, dataDir: folder, authorization: `Bearer ${token}`, first },
    filters: Object.fromEntries([...questions].map(([{ name }, asked]) => [name, asked.map(({ filter }) => filter)])),
  });
}

/** The whole product, and a caller of its gateway. */
interface Gateway {
  readonly process: BenchProcess;
  readonly client: HttpClient;
  ask(question: Question): Promise<Buffer>;
}

async function startProduct({ start, applicationUrl, folder }: Ground, token: string): Promise<Gateway> {
  const process = await start(new URL("./harness/product.js", import.meta.url), { applicationUrl, dataDir: folder });
  const url = await process.call<string>("url");
  const client = new HttpClient(pressure.clients);
  const ask = ({ filter }: Question) => client.graphql(url, token, JSON.stringify({ query, variables: { filter } }));
  return { process, client, ask };
}

/** The same through the gateway, against the same statement behind a bare server. */
async function httpCase(
  way: Way,
  questions: readonly Question[],
  { process, client, ask }: Gateway,
  raw: BenchProcess,
): Promise<Case> {
  const url = await raw.call<string>("url");
  const asked = (count: number) => ask(questions[count % questions.length]!);
  await verify(way, raw, async (count) => {
    const { data } = JSON.parse((await asked(count)).toString());
    return data.searchContacts.nodes.map(({ contactNumber }: { contactNumber: string }) => contactNumber);
  });
  const [product, baseline] = [tailLoop(asked), tailLoop((count) => client.get(`${url}/?${count}`))];
  return {
    ...{ name: `${way.name}, both over HTTP`, unit: "ms, p95", processes: [process] },
    product: () => product(pressure),
    baseline: () => baseline(pressure),
  };
}

/** The same columns of the same page, and nothing around it. */
function startRaw(ground: Ground, way: Way, questions: readonly Question[]): Promise<BenchProcess> {
  const { applicationUrl, institution, operator } = ground;
  const living = `c.institution_id = $1 AND c.anonymized_at IS NULL
    AND (c.validity_end_date IS NULL OR c.validity_end_date >= platform.today())`;
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
    begin: `${begin}; SET LOCAL plan_cache_mode = ${way.planning}`,
    statement: `SELECT json_agg(found) FROM (${way.found(contactColumns, living, first + 1)}) found`,
    samples: questions.map(({ values }) => [institution.id, ...values]),
  });
}

/** @throws AssertionError when product and baseline do not answer the same */
async function verify(
  { name }: Way,
  raw: BenchProcess,
  numbersOf: (count: number) => Promise<string[]>,
): Promise<void> {
  for (let count = 0; count < verified; count++) {
    const found = ((await raw.call("read", count)) ?? []) as { contactNumber: string }[];
    const numbers = found.slice(0, first).map(({ contactNumber }) => contactNumber);
    deepStrictEqual(await numbersOf(count), numbers, name);
  }
}
