import { deepStrictEqual } from "node:assert";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import {
  leanLatest,
  leanPlacesOfActive,
  leanPlacesOfAll,
  leanValues,
  makeLeanTable,
  writeLean,
} from "./facts/baselines.js";
import type { HistorianSettings } from "./facts/historian.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import type { BenchProcess } from "./harness/process.js";

const contactsPerChunk = 50_000;

export const bench: Bench = {
  description: "indicators, latest activity and places of everybody, against one statement each for all of them",
  scale: 100_000,
  changesData: true,
  async prepare(ground) {
    const historian = await ground.start(new URL("./facts/historian.js", import.meta.url), await settingsOf(ground));
    const since = new Date(systemClock.now().getTime() - 365 * 86_400_000).toISOString().slice(0, 10);
    const raw = (statement: string, ...values: unknown[]) => startRaw(ground, statement, values);
    // the data set may be of another day: from now on everything is as it should be, as on most nights
    await historian.call("recompute");
    const asked: Omit<Asked, "historian">[] = [
      { name: "latest activity of everybody, 50,000 at a time", command: "latest", raw: await raw(leanLatest) },
      { name: "places of everybody", command: "places", raw: await raw(leanPlacesOfAll) },
      {
        ...{ name: "places of those active in a year", command: "places", wish: { from: since } },
        raw: await raw(leanPlacesOfActive, since),
      },
    ];
    for (const { name, command, wish, raw: baseline } of asked)
      deepStrictEqual(await historian.call(command, wish), await baseline.call("read", 0), name);
    return [
      caseOf({
        ...{ name: "indicators of everybody, nothing differs", command: "recompute", historian },
        raw: await raw(leanValues),
      }),
      await writtenCase(ground, historian),
      ...asked.map((each) => caseOf({ ...each, historian })),
    ];
  },
};

interface Asked {
  readonly name: string;
  readonly historian: BenchProcess;
  readonly command: string;
  readonly wish?: object;
  readonly raw: BenchProcess;
}

function caseOf({ name, historian, command, wish, raw }: Asked): Case {
  return {
    ...{ name, unit: "ms", processes: [historian] },
    product: () => timed(() => historian.call(command, wish)),
    baseline: () => timed(() => raw.call("read", 0)),
  };
}

/** All values written, as when the first run of an institution begins. The baseline is no role of the product's. */
async function writtenCase({ superuserUrl, institution }: Ground, historian: BenchProcess): Promise<Case> {
  const asSuperuser = (statement: string, values?: unknown[]) =>
    withConnection(superuserUrl, (superuser) => superuser.query(statement, values));
  await asSuperuser(makeLeanTable);
  return {
    ...{ name: "indicators of everybody, all of them written", unit: "ms", processes: [historian] },
    async product() {
      await asSuperuser("TRUNCATE history.contact_indicator");
      return timed(() => historian.call("recompute"));
    },
    async baseline() {
      await asSuperuser("TRUNCATE public.bench_indicator");
      return timed(() => asSuperuser(writeLean, [institution.id]));
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Every contact, in chunks. */
function contactsOf({ superuserUrl, institution }: Ground): Promise<string[][]> {
  return withConnection(superuserUrl, async (superuser) => {
    const { rows } = await superuser.query<{ ids: string[] }>(
      `SELECT array_agg(id ORDER BY id) AS ids
       FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / $2 AS chunk FROM contacts.contact WHERE institution_id = $1) c
       GROUP BY chunk ORDER BY chunk`,
      [institution.id, contactsPerChunk],
    );
    return rows.map(({ ids }) => ids);
  });
}

/** An operator who sees everybody. */
async function settingsOf(ground: Ground): Promise<HistorianSettings> {
  const { applicationUrl, folder, institution, operator } = ground;
  const issuer = await openDemoIssuer(folder, systemClock);
  const token = await issuer.sign({
    ...{ subject: operator, kind: "OPERATOR", institution: institution.code, roles: ["ADMINISTRATOR"], clearance: 2 },
  });
  return {
    ...{ applicationUrl, dataDir: folder, institutionId: institution.id, authorization: `Bearer ${token}` },
    chunks: await contactsOf(ground),
  };
}

/** Under the same role, the same policies and the same session settings. */
function startRaw(
  { start, applicationUrl, institution }: Ground,
  statement: string,
  values: readonly unknown[],
): Promise<BenchProcess> {
  const begin = beginStatement(
    {
      ...{ institutionId: institution.id, clearance: 2, ownContactId: null, actor: "system", actorKind: "SYSTEM" },
      ...{ source: "SYSTEM", timeZone: "Europe/Zurich", clock: systemClock },
    },
    "READ ONLY",
  );
  const samples = [[institution.id, ...values]];
  const settings = { applicationUrl, connections: 1, begin, statement, samples };
  return start(new URL("./harness/raw-sql.js", import.meta.url), settings);
}
