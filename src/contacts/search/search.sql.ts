import type { Sql } from "../../platform/database/sql.js";
import { contactColumns } from "../contact.sql.js";
import type { ContactRow } from "../contact.type.js";
import type { PlainText } from "./name-words.js";
import { Values } from "./search.conditions.js";
import { type Stage, stagesOf } from "./search.stages.js";
import type { Search } from "./search.terms.js";

/** Where a contact stands among all that a search finds. */
export interface Place {
  readonly rank: number;
  readonly key: string;
  readonly id: string;
}

export type FoundRow = ContactRow & { rank: number; key: string };

/** Up to how many words are counted. */
const mostCounted = 2_000;

/** Texts as names are written in the database (small letters, no accents, no signs), and the institution's country. */
export async function readTexts(
  db: Sql,
  texts: readonly (string | null)[],
): Promise<{ plain: (PlainText | null)[]; country: string }> {
  const { rows } = await db.query<PlainText & { country: string }>(
    `/* readTexts */
     SELECT i.country, plain.text, ARRAY(
       SELECT (SELECT count(*)::int FROM (
         SELECT FROM contacts.contact_word w WHERE w.institution_id = $1
           AND w.word >= part COLLATE "C" AND w.word < (part || U&'\\+10FFFF') COLLATE "C" LIMIT ${mostCounted}) counted)
       FROM unnest(string_to_array(plain.text, ' ')) WITH ORDINALITY AS words (part, place) ORDER BY place) AS counts
     FROM platform.institution i
     CROSS JOIN LATERAL unnest($2::text[]) WITH ORDINALITY AS given (value, place)
     CROSS JOIN LATERAL (SELECT contacts.plain_words(given.value) AS text) plain
     WHERE i.id = $1 ORDER BY given.place`,
    [db.institutionId, texts],
  );
  const plain = rows.map(({ text, counts }) => (text === null ? null : { text, counts }));
  return { plain, country: rows[0]!.country };
}

/**
 * At most `limit` contacts after a place, in the order of relevance. Stages that stand together are asked at once;
 * those behind them only when the page is not full.
 */
export async function selectFound(
  db: Sql,
  search: Search,
  { after, limit }: { after: Place | null; limit: number },
): Promise<FoundRow[]> {
  const values = new Values(db.institutionId);
  const stages = stagesOf(search, values).filter(({ rank }) => rank >= (after?.rank ?? 0));
  const found: FoundRow[] = [];
  for (const together of Map.groupBy(stages, ({ wave }) => wave).values()) {
    const rest = limit - found.length;
    const pages = await Promise.all(together.map((stage) => selectStage(db, stage, { after, limit: rest }, values)));
    found.push(...pages.flat().slice(0, rest));
    if (found.length === limit) break;
  }
  return found;
}

async function selectStage(
  db: Sql,
  { rank, sortKey, source, without, planning }: Stage,
  { after, limit }: { after: Place | null; limit: number },
  values: Values,
): Promise<FoundRow[]> {
  const beyond =
    after?.rank === rank ? [`(${sortKey}, c.id) > (${values.add(after.key)}, ${values.add(after.id, "bigint")})`] : [];
  const [text, bound] = values.bind(
    // the limit stands in the text, because a kept plan would not know that it is small
    `/* selectStage */
     SELECT ${rank} AS rank, ${sortKey} AS key, ${contactColumns} FROM ${[source, ...without, ...beyond].join(" AND ")}
     ORDER BY ${sortKey}, c.id LIMIT ${limit}`,
  );
  const { rows } = await db.query<FoundRow>(text, bound, planning);
  return rows;
}

/** How many contacts the search finds, exactly. */
export async function countFound(db: Sql, search: Search): Promise<number> {
  const values = new Values(db.institutionId);
  const sources = stagesOf(search, values).map(({ source }) => `SELECT c.id FROM ${source}`);
  if (sources.length === 0) return 0;
  const [text, bound] = values.bind(
    `/* countFound */ SELECT count(*) AS count FROM (${sources.join(" UNION ")}) found`,
  );
  const { rows } = await db.query<{ count: string }>(text, bound, "BY_VALUES");
  return Number(rows[0]!.count);
}
