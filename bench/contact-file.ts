import { deepStrictEqual } from "node:assert";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import { encodeId } from "../src/platform/graphql/opaque-id.js";
import { answerOf } from "./contact-file/answer.js";
import { contactFileQuery, contactFileStatement } from "./contact-file/operation.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import { closedLoop, type Pressure } from "./harness/closed-loop.js";
import { organizations } from "./harness/data-set.js";
import { HttpClient } from "./harness/http-client.js";
import type { BenchProcess } from "./harness/process.js";
import type { Sample } from "./harness/recording.js";

const durationMs = 500;
const one: Pressure = { clients: 1, durationMs };
const sixteen: Pressure = { clients: 16, durationMs };
/** What the product's pool for short statements has by default. */
const connections = 13;
/** Who reads a CONFIDENTIAL file is written down by the product, and not by the baseline. */
const isRead = "c.confidentiality_level < 2";
const mostSamples = 5_000;
const verified = 50;

/** The same contacts for both sides. */
interface Sources {
  /** Contacts of every kind, spread over the institution. */
  readonly typical: readonly Sample[];
  /** Contacts who fill the page of 20 orders. */
  readonly full: readonly Sample[];
}

export const bench: Bench = {
  description: "a contact file across the four subgraphs, over HTTP, against one raw statement; and each layer alone",
  scale: 100_000,
  async prepare(ground) {
    const to = systemClock.now();
    const sources = await selectSources(ground, to);
    const issuer = await openDemoIssuer(ground.folder, systemClock);
    const roles = ["ADMINISTRATOR"];
    const { code: institution } = ground.institution;
    const claims = {
      subject: ground.operator,
      kind: "OPERATOR",
      institution,
      organizations,
      roles,
      clearance: 2,
    } as const;
    const token = await issuer.sign(claims);

    const product = await ground.start(new URL("./harness/product.js", import.meta.url), productSettings(ground));
    const layers = await ground.start(new URL("./harness/layers.js", import.meta.url), {
      ...productSettings(ground),
      authorization: `Bearer ${token}`,
      query: contactFileQuery,
      samples: sources.typical,
    });
    const client = new HttpClient(sixteen.clients);
    const url = await product.call<string>("url");
    const ask = (samples: readonly Sample[]) => (count: number) =>
      client.graphql(url, token, bodyOf(samples[count % samples.length]!));
    const typical = { ask: ask(sources.typical), raw: await startRaw(ground, sources.typical, to) };
    const full = { ask: ask(sources.full), raw: await startRaw(ground, sources.full, to) };
    await verify(typical);
    await verify(full);
    return [...(await httpCases(product, client, { typical, full })), ...layerCases(layers, typical.raw)];
  },
};

const productSettings = ({ applicationUrl, folder }: Ground) => ({ applicationUrl, dataDir: folder });

const bodyOf = ({ variables }: Sample) => JSON.stringify({ query: contactFileQuery, variables });

async function selectSources({ superuserUrl, institution }: Ground, to: Date): Promise<Sources> {
  const from = new Date(to.getTime() - 365 * 86_400_000);
  const sampleOf = ({ id }: { id: string }): Sample => ({
    variables: { id: encodeId("Contact", id), from, to },
    values: [id],
  });
  return withConnection(superuserUrl, async (superuser) => {
    const typical = await superuser.query<{ id: string }>(
      `SELECT id FROM contacts.contact c WHERE institution_id = $1 AND ${isRead} ORDER BY hashint8(id) LIMIT $2`,
      [institution.id, mostSamples],
    );
    const full = await superuser.query<{ id: string }>(
      `SELECT purchaser_id AS id FROM history.sales_order o
       JOIN contacts.contact c ON c.institution_id = $1 AND c.id = o.purchaser_id AND ${isRead}
       WHERE o.institution_id = $1
       GROUP BY purchaser_id HAVING count(*) >= 20 ORDER BY hashint8(purchaser_id) LIMIT $2`,
      [institution.id, mostSamples],
    );
    return { typical: typical.rows.map(sampleOf), full: full.rows.map(sampleOf) };
  });
}

/** The baseline with the session settings of the same caller, at one moment: it does not work them out each time. */
function startRaw(ground: Ground, samples: readonly Sample[], to: Date): Promise<BenchProcess> {
  const { applicationUrl, institution, operator } = ground;
  const begin = beginStatement(
    {
      institutionId: institution.id,
      clearance: 2,
      ownContactId: null,
      actor: operator,
      actorKind: "OPERATOR",
      source: "OPERATOR",
      timeZone: "Europe/Zurich",
      clock: { now: () => to },
    },
    "READ ONLY",
  );
  return ground.start(new URL("./harness/raw-sql.js", import.meta.url), {
    applicationUrl,
    connections,
    begin,
    statement: contactFileStatement,
    samples: samples.map(({ variables, values }) => [
      ...[institution.id, ...values, variables.from, variables.to, organizations[0]],
    ]),
  });
}

interface Side {
  ask(count: number): Promise<Buffer>;
  readonly raw: BenchProcess;
}

/** @throws AssertionError when product and baseline do not answer the same */
async function verify({ ask, raw }: Side): Promise<void> {
  for (let count = 0; count < verified; count++) {
    const { data } = JSON.parse((await ask(count)).toString()) as { data: unknown };
    deepStrictEqual(data, answerOf(await raw.call("read", count)));
  }
}

async function httpCases(
  product: BenchProcess,
  client: HttpClient,
  { typical, full }: { typical: Side; full: Side },
): Promise<Case[]> {
  const rawUrl = await typical.raw.call<string>("url");
  const [askTypical, askFull] = [closedLoop(typical.ask), closedLoop(full.ask)];
  const getRaw = closedLoop((count) => client.get(`${rawUrl}/?${count}`));
  const shared = { unit: "ms/request", processes: [product] };
  const cases: Case[] = [];
  for (const pressure of [one, sixteen]) {
    const clients = pressure === one ? "1 client" : `${pressure.clients} clients`;
    cases.push(
      {
        ...shared,
        name: `gateway over HTTP, ${clients}`,
        product: () => askTypical(pressure),
        baseline: () => typical.raw.call("loop", pressure),
      },
      {
        ...shared,
        name: `gateway over HTTP, ${clients}, baseline over HTTP`,
        product: () => askTypical(pressure),
        baseline: () => getRaw(pressure),
      },
      {
        ...shared,
        name: `gateway over HTTP, ${clients}, 20 orders`,
        product: () => askFull(pressure),
        baseline: () => full.raw.call("loop", pressure),
      },
    );
  }
  return cases;
}

/** Each with less around it than the one before. */
function layerCases(layers: BenchProcess, raw: BenchProcess): Case[] {
  const named = {
    gateway: "gateway without sockets",
    subgraphs: "four subgraphs without gateway",
    "own waves": "their statements, in their waves",
    "one wave": "their statements, in one wave",
  };
  return Object.entries(named).map(([layer, name]) => ({
    name: `layer: ${name}`,
    unit: "ms/request",
    processes: [layers],
    product: () => layers.call("loop", { layer, pressure: one }),
    baseline: () => raw.call("loop", one),
  }));
}
