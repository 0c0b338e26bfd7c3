import type { Sql } from "../../platform/database/sql.js";
import { StatementValues as Values } from "../../platform/database/statement-values.js";
import { contactColumns } from "../contact.sql.js";
import type { ContactRow } from "../contact.type.js";
import type { PlainText } from "./name-words.js";
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
const mostCounted = 200;

const beginning = (text: string) =>
  `FROM contacts.contact_word w WHERE w.institution_id = $1
     AND w.word >= ${text} COLLATE "C" AND w.word < (${text} || U&'\\+10FFFF') COLLATE "C"`;

/**
 * Texts as names are written in the database (small letters, no accents, no signs), with what is known of their words,
 * and the institution's country. Counted are the words of all names: they say where to look, not what is found.
 */
export async function readTexts(
  db: Sql,
  texts: readonly (string | null)[],
): Promise<{ plain: (PlainText | null)[]; country: string }> {
  const { rows } = await db.query<PlainText & { country: string }>(
    `/* readTexts */
     SELECT i.country, plain.text, known.*, EXISTS (SELECT ${beginning("replace(plain.text, ' ', '')")}) AS "isCompound"
     FROM platform.institution i
     CROSS JOIN LATERAL unnest($2::text[]) WITH ORDINALITY AS given (value, place)
     CROSS JOIN LATERAL (SELECT contacts.plain_words(given.value) AS text) plain
     CROSS JOIN LATERAL (
       SELECT coalesce(array_agg((SELECT count(*)::int FROM (SELECT ${beginning("part")} LIMIT ${mostCounted}) counted)
           ORDER BY words.place), '{}') AS counts,
         coalesce(array_agg(EXISTS (SELECT FROM contacts.contact_word e
             WHERE e.institution_id = $1 AND e.word = part COLLATE "C") ORDER BY words.place), '{}') AS "isWord"
       FROM unnest(string_to_array(plain.text, ' ')) WITH ORDINALITY AS words (part, place)) known
     WHERE i.id = $1 ORDER BY given.place`,
    [db.institutionId, texts],
  );
  const plain = rows.map((row) => (row.text === null ? null : row));
  return { plain, country: rows[0]!.country };
}

/**
 * At most `limit` contacts after a place, in the order of relevance. Stages of one wave are one statement, which runs a
 * stage only when those before it have not filled the page.
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
    found.push(...(await selectStages(db, together, { after, limit: limit - found.length }, values)));
    if (found.length === limit) break;
  }
  return found;
}

async function selectStages(
  db: Sql,
  stages: readonly Stage[],
  { after, limit }: { after: Place | null; limit: number },
  values: Values,
): Promise<FoundRow[]> {
  const pages = stages.map(({ rank, sortKey, source, without, eachWord }) => {
    const beyond =
      after?.rank === rank
        ? [`(${sortKey}, c.id) > (${values.add(after.key)}, ${values.add(after.id, "bigint")})`]
        : [];
    const inOrder = `${[source(), ...without(), ...beyond].join(" AND ")} ORDER BY ${sortKey}, c.id LIMIT ${limit}`;
    const page = eachWord
      ? `unnest(${eachWord()}) AS known (word) CROSS JOIN LATERAL (SELECT c.* FROM ${inOrder}) c
         ORDER BY ${sortKey}, c.id LIMIT ${limit}`
      : inOrder;
    return `(SELECT ${rank} AS rank, ${sortKey} AS key, ${contactColumns} FROM ${page})`;
  });
  const [text, bound] = values.bind(
    // the limits stand in the text, because a kept plan would not know that they are small
    `/* selectStages */
     SELECT found.* FROM (SELECT staged.* FROM (${pages.join(" UNION ALL ")}) staged LIMIT ${limit}) found
     ORDER BY found.rank, found.key, found.id`,
  );
  const { rows } = await db.query<FoundRow>(text, bound, stages[0]!.planning);
  return rows;
}

/** How many contacts the search finds, exactly. */
export async function countFound(db: Sql, search: Search): Promise<number> {
  const values = new Values(db.institutionId);
  const stages = stagesOf(search, values);
  const covered = new Set(stages.flatMap(({ covers = [] }) => covers));
  const sources = stages.filter(({ rank }) => !covered.has(rank)).map(({ source }) => `SELECT c.id FROM ${source()}`);
  if (sources.length === 0) return 0;
  const [text, bound] = values.bind(
    `/* countFound */ SELECT count(*) AS count FROM (${sources.join(" UNION ")}) found`,
  );
  const { rows } = await db.query<{ count: string }>(text, bound, "BY_VALUES");
  return Number(rows[0]!.count);
}
