import { deepStrictEqual } from "node:assert";
import { systemClock } from "../src/platform/clock.js";
import { withConnection } from "../src/platform/database/one-connection.js";
import { beginStatement } from "../src/platform/database/session.js";
import type { Bench, Case, Ground } from "./harness/bench.js";
import type { BenchProcess } from "./harness/process.js";

const contactsPerChunk = 50_000;

/** What one would write by hand for these values alone: no settings, no seasons by name, no passes, no returned lines. */
const lean = `
  WITH season AS (
    SELECT DISTINCT ON (organization) organization, starts_on, ends_on, starts_on - 365 AS previous_starts_on
    FROM history.season WHERE institution_id = $1 AND starts_on <= current_date ORDER BY organization, starts_on DESC),
  bought AS (
    SELECT o.purchaser_id AS id, min(o.ordered_at) AS first_at,
      sum(l.amount) FILTER (WHERE p.validity_end BETWEEN s.previous_starts_on AND s.starts_on) AS revenue
    FROM history.sales_order o
    JOIN history.order_line l ON l.institution_id = $1 AND l.order_id = o.id
    JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
    JOIN season s ON s.organization = o.organization
    WHERE o.institution_id = $1 AND o.operation_kind = 'SALE' GROUP BY 1),
  held AS (
    SELECT t.cultural_contact_id AS id, min(o.ordered_at) AS first_at, count(DISTINCT t.product_id)
      FILTER (WHERE t.ticket_state = 'VALID' AND p.validity_end BETWEEN s.starts_on AND s.ends_on) AS assiduity
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    JOIN season s ON s.organization = o.organization
    WHERE t.institution_id = $1 AND t.cultural_contact_id IS NOT NULL AND o.operation_kind IN ('SALE', 'RESERVATION')
    GROUP BY 1)
  SELECT json_build_array(count(*), count(least(b.first_at, h.first_at)), sum(h.assiduity), sum(b.revenue))
  FROM contacts.contact c
  LEFT JOIN bought b ON b.id = c.id
  LEFT JOIN held h ON h.id = c.id
  WHERE c.institution_id = $1`;

/** One pass over everybody: the contribution of each ticket and line, and the greatest of them. */
const leanLatest = `
  WITH activity AS (
    SELECT o.purchaser_id AS id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date) AS day
    FROM history.sales_order o
    JOIN history.order_line l ON l.institution_id = $1 AND l.order_id = o.id
    JOIN history.product p ON p.institution_id = $1 AND p.id = l.product_id
    WHERE o.institution_id = $1
    UNION ALL
    SELECT o.purchaser_id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date)
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1
    UNION ALL
    SELECT t.cultural_contact_id, coalesce(p.validity_end, (o.ordered_at AT TIME ZONE 'Europe/Zurich')::date)
    FROM history.ticket t
    JOIN history.sales_order o ON o.institution_id = $1 AND o.id = t.order_id
    JOIN history.product p ON p.institution_id = $1 AND p.id = t.product_id
    WHERE t.institution_id = $1 AND t.cultural_contact_id IS NOT NULL)
  SELECT json_build_object('count', count(*), 'latest', max(day))
  FROM (SELECT id, max(day) AS day FROM activity GROUP BY id) latest`;

export const bench: Bench = {
  description: "the indicators and the latest activity of everybody, against one statement for all of them",
  scale: 100_000,
  changesData: true,
  async prepare(ground) {
    const chunks = await contactsOf(ground);
    const { applicationUrl, folder, institution } = ground;
    const settings = { applicationUrl, dataDir: folder, institutionId: institution.id, chunks };
    const historian = await ground.start(new URL("./facts/historian.js", import.meta.url), settings);
    const [values, latest] = [await startRaw(ground, lean), await startRaw(ground, leanLatest)];
    // the data set may be of another day: from now on everything is as it should be, as on most nights
    await historian.call("recompute");
    deepStrictEqual(await historian.call("latest"), await latest.call("read", 0), "latest activity");
    return [
      caseOf("indicators of everybody, nothing differs", historian, "recompute", values),
      caseOf("latest activity of everybody, 50,000 at a time", historian, "latest", latest),
    ];
  },
};

function caseOf(name: string, historian: BenchProcess, command: string, raw: BenchProcess): Case {
  return {
    ...{ name, unit: "ms", processes: [historian] },
    product: () => timed(() => historian.call(command)),
    baseline: () => timed(() => raw.call("read", 0)),
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

/** Under the same role, the same policies and the same session settings. */
function startRaw({ start, applicationUrl, institution }: Ground, statement: string): Promise<BenchProcess> {
  const begin = beginStatement(
    {
      ...{ institutionId: institution.id, clearance: 2, ownContactId: null, actor: "system", actorKind: "SYSTEM" },
      ...{ source: "SYSTEM", timeZone: "Europe/Zurich", clock: systemClock },
    },
    "READ ONLY",
  );
  const samples = [[institution.id]];
  const settings = { applicationUrl, connections: 1, begin, statement, samples };
  return start(new URL("./harness/raw-sql.js", import.meta.url), settings);
}
