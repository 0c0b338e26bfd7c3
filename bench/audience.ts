import { deepStrictEqual } from "node:assert";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { openDemoIssuer } from "../src/platform/access/demo-issuer.js";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import type { Exported } from "./audience/exporter.js";
import { leanReasons, leanRecipients } from "./audience/lean.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import type { BenchProcess } from "./harness/process.js";

/** The third quarter of the three years that the orders lie in. */
const daysAgo = { from: 500, to: 250 };

export const bench: Bench = {
  description:
    "counting and exporting an audience by two criteria, orders, consent, validity and bounces, against raw SQL",
  scale: 1_000_000,
  changesData: true,
  async prepare(ground) {
    await withConnection(ground.superuserUrl, (superuser) => superuser.query("VACUUM ANALYZE"));
    const exporter = await ground.start(new URL("./audience/exporter.js", import.meta.url), await settingsOf(ground));
    const raw = await startRaw(ground);
    const counts = await exporter.call<Record<string, number>>("reasons");
    const { rows, ms } = await exporter.call<Exported>("export");
    process.stderr.write(`${JSON.stringify(counts)}, ${rows} exported, the first time in ${ms.toFixed(0)} ms\n`);
    // who shares an address with another stands in the lean answer, but gets no second mail
    deepStrictEqual(await raw.call("count"), (counts.SEND ?? 0) + (counts.DUPLICATE_EMAIL ?? 0), "recipients");
    deepStrictEqual([rows, await exporter.call("count")], [counts.SEND, counts.SEND], "rows of the export");
    return [
      countCase(exporter, raw, "count", "how many receive it, with the first page"),
      countCase(exporter, raw, "reasons", "how many for each reason, with the first page"),
      exportCase(exporter, raw, ground.folder),
    ];
  },
};

function countCase(exporter: BenchProcess, raw: BenchProcess, command: string, name: string): Case {
  return {
    ...{ name, unit: "ms", processes: [exporter] },
    product: () => timed(() => exporter.call(command)),
    baseline: () => timed(() => raw.call(command)),
  };
}

function exportCase(exporter: BenchProcess, raw: BenchProcess, folder: string): Case {
  const file = join(folder, "raw.copy");
  return {
    ...{ name: "export, from the request to the file", unit: "ms", processes: [exporter] },
    async product() {
      return (await exporter.call<Exported>("export")).ms;
    },
    async baseline() {
      const ms = await timed(() => raw.call("copy", file));
      if ((await stat(file)).size === 0) throw new Error("nothing was copied");
      await rm(file);
      return ms;
    },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const period = () => ({ from: dayBefore(daysAgo.from), to: dayBefore(daysAgo.to) });

async function settingsOf({ applicationUrl, folder, institution, operator }: Ground) {
  const issuer = await openDemoIssuer(folder, systemClock);
  const claims = {
    subject: operator,
    kind: "OPERATOR",
    institution: institution.code,
    roles: ["ADMINISTRATOR"],
  } as const;
  const token = await issuer.sign({ ...claims, clearance: 2 });
  return { applicationUrl, dataDir: folder, authorization: `Bearer ${token}`, period: period() };
}

/** Under the same role, the same policies and the same session settings. */
function startRaw({ start, applicationUrl, institution }: Ground): Promise<BenchProcess> {
  const begin = beginStatement(
    {
      ...{ institutionId: institution.id, clearance: 2, ownContactId: null, actor: "system", actorKind: "SYSTEM" },
      ...{ source: "SYSTEM", timeZone: "Europe/Zurich", clock: systemClock },
    },
    "READ ONLY",
  );
  const recipients = leanRecipients(institution.id, period());
  const reasons = leanReasons(institution.id, period());
  return start(new URL("./audience/raw-copy.js", import.meta.url), { applicationUrl, begin, recipients, reasons });
}
