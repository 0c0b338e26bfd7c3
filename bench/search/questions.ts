import type pg from "pg";
import { singleEdits } from "../../src/contacts/search/name-words.js";
import type { ContactFilter } from "../../src/contacts/search/search.inputs.js";

/** What is asked of the product, and the values of the baseline's statement for the same. */
export interface Question {
  readonly filter: ContactFilter;
  readonly values: readonly unknown[];
}

/**
 * A statement for the first contacts `c` in order. `$1` is the institution, the question's values follow.
 * @param living condition that keeps out whom no search finds
 */
export type Page = (columns: string, living: string, limit: number) => string;

/** One way to search: its questions, and the leanest statement on the same indexes. */
export interface Way {
  readonly name: string;
  /** The baseline's page. */
  readonly found: Page;
  /** Whether it is also asked over HTTP. */
  readonly isAskedOverHttp?: boolean;
  /** How the baseline is planned best. */
  readonly planning: "force_generic_plan" | "force_custom_plan";
  ask(superuser: pg.ClientBase, institutionId: number): Promise<Question[]>;
}

const mostQuestions = 400;
const end = "\u{10FFFF}";
const startsWith = (column: string, from: string, to: string) => `(${column} >= ${from} AND ${column} < ${to})`;
const hasWord = (condition: string) =>
  `c.id IN (SELECT w.contact_id FROM contacts.contact_word w WHERE w.institution_id = $1 AND ${condition})`;

const where =
  (condition: string, order = "c.search_name"): Page =>
  (columns, living, limit) =>
    `SELECT ${columns} FROM contacts.contact c WHERE ${living} AND ${condition} ORDER BY ${order}, c.id LIMIT ${limit}`;

async function select<Row extends pg.QueryResultRow>(superuser: pg.ClientBase, sql: string, institutionId: number) {
  const { rows } = await superuser.query<Row>(`${sql} LIMIT ${mostQuestions}`, [institutionId]);
  return rows;
}

const spread = "ORDER BY hashint8(c.id)";
const visible = "c.institution_id = $1 AND c.contact_type = 'INDIVIDUAL'";

/** The beginning of at least twenty last names, and no name itself. */
const namePrefix: Way = {
  name: "name prefix",
  found: where(startsWith("c.search_name", "$2", "$3")),
  isAskedOverHttp: true,
  planning: "force_generic_plan",
  async ask(superuser, institutionId) {
    const rows = await select<{ prefix: string }>(
      superuser,
      `WITH names AS (SELECT left(c.search_name, 3 + (c.id % 3)::int) AS prefix FROM contacts.contact c WHERE ${visible})
       SELECT prefix FROM names n WHERE prefix ~ '^[a-z]+$' AND NOT EXISTS (
         SELECT FROM contacts.contact_word w WHERE w.institution_id = $1 AND w.word = n.prefix)
       GROUP BY prefix HAVING count(*) > 60 ORDER BY hashtext(prefix)`,
      institutionId,
    );
    return rows.map(({ prefix }) => ({ filter: { text: prefix }, values: [prefix, prefix + end] }));
  },
};

/** One letter of a name left out. Only those that are no name, nor begin one: the answer is the misspelt name's. */
async function misspelt(superuser: pg.ClientBase, institutionId: number) {
  return select<{ word: string; first: string }>(
    superuser,
    `SELECT left(w.word, 3) || substr(w.word, 5) AS word, split_part(c.search_first_name, ' ', 1) AS first
     FROM contacts.contact_word w JOIN contacts.contact c ON c.institution_id = $1 AND c.id = w.contact_id
     WHERE w.institution_id = $1 AND c.contact_type = 'INDIVIDUAL' AND c.search_name LIKE w.word || ' %' AND w.word ~ '^[a-z]{7,}$'
       AND NOT EXISTS (SELECT FROM contacts.contact_word o WHERE o.institution_id = $1
         AND o.word >= left(w.word, 3) || substr(w.word, 5) AND o.word < left(w.word, 3) || substr(w.word, 5) || '~')
     ${spread}`,
    institutionId,
  );
}

/**
 * As the product ranks: misspelt in front of the name, in front of the first name, elsewhere; then by what it was found
 * in. Each word is read in the order of an index, which is far quicker than sorting all who have one of the words.
 */
const misspeltPage: Page = (columns, living, limit) => {
  const inFront = (rank: number, column: string, condition: string) => `
    (SELECT ${rank} AS rank, ${column} AS key, c.* FROM unnest($2::text[]) AS known (word)
     CROSS JOIN LATERAL (
       SELECT c.* FROM contacts.contact c
       WHERE ${living} AND ${startsWith(column, `known.word COLLATE "C"`, `(known.word || '!') COLLATE "C"`)} AND ${condition}
       ORDER BY ${column}, c.id LIMIT ${limit}) c
     ORDER BY ${column}, c.id LIMIT ${limit})`;
  const isInFront = (column: string) => `split_part(${column}, ' ', 1) = ANY($2)`;
  const [last, first] = ["c.search_name", "c.search_first_name"];
  return `SELECT ${columns} FROM (
    ${inFront(1, last, "true")}
    UNION ALL ${inFront(2, first, `(${isInFront(last)}) IS NOT TRUE`)}
    UNION ALL (SELECT 3, ${last}, c.* FROM contacts.contact c
      WHERE ${living} AND ${hasWord("w.word = ANY($2)")}
        AND (${isInFront(last)}) IS NOT TRUE AND (${isInFront(first)}) IS NOT TRUE
      ORDER BY ${last} || '', c.id LIMIT ${limit})
    LIMIT ${limit}) c ORDER BY c.rank, c.key, c.id`;
};

const misspeltName: Way = {
  name: "misspelt name",
  found: misspeltPage,
  isAskedOverHttp: true,
  planning: "force_generic_plan",
  async ask(superuser, institutionId) {
    const rows = await misspelt(superuser, institutionId);
    return rows.map(({ word }) => ({ filter: { text: word }, values: [singleEdits(word)] }));
  },
};

const misspeltWithFirstName: Way = {
  name: "first name and misspelt name",
  found: where(`${hasWord("w.word = ANY($2::text[])")} AND ${hasWord(startsWith("w.word", "$3", "$4"))}`),
  planning: "force_generic_plan",
  async ask(superuser, institutionId) {
    const rows = (await misspelt(superuser, institutionId)).filter(({ first }) => first.length === 3);
    return rows.map(({ word, first }) => ({
      filter: { text: `${first} ${word}` },
      values: [singleEdits(word), first, first + end],
    }));
  },
};

/** First name first, then the beginning of the last name. */
const twoNames: Way = {
  name: "first name and beginning of name",
  found: where(startsWith("c.search_first_name", "$2", "$3"), "c.search_first_name"),
  planning: "force_generic_plan",
  async ask(superuser, institutionId) {
    const rows = await select<{ text: string }>(
      superuser,
      `WITH names AS (SELECT split_part(c.search_first_name, ' ', 1) || ' ' || left(c.search_name, 3) AS text
         FROM contacts.contact c WHERE ${visible} AND c.search_name ~ '^[a-z]{5,} [a-z]+$')
       SELECT text FROM names GROUP BY text HAVING count(*) > 60 ORDER BY hashtext(text)`,
      institutionId,
    );
    return rows.map(({ text }) => ({ filter: { text }, values: [text, text + end] }));
  },
};

const column = (expression: string, condition: string) => async (superuser: pg.ClientBase, institutionId: number) =>
  (
    await select<{ value: string }>(
      superuser,
      `SELECT ${expression} AS value FROM contacts.contact c
       WHERE ${visible} AND (${condition}) AND (c.validity_end_date IS NULL OR c.validity_end_date > current_date + 1) ${spread}`,
      institutionId,
    )
  ).map(({ value }) => value);

const emailAddresses = column("c.email", "c.email NOT LIKE 'couple%'");
const numbers = column("c.contact_number", "true");
const mobiles = column("c.mobile", "c.mobile IS NOT NULL");

const email: Way = {
  name: "e-mail address",
  found: where("c.email_key = $2"),
  isAskedOverHttp: true,
  planning: "force_generic_plan",
  ask: async (superuser, institutionId) =>
    (await emailAddresses(superuser, institutionId)).map((text) => ({ filter: { text }, values: [text] })),
};

const number: Way = {
  name: "contact number",
  found: where("c.contact_number = $2"),
  isAskedOverHttp: true,
  planning: "force_generic_plan",
  ask: async (superuser, institutionId) =>
    (await numbers(superuser, institutionId)).map((contactNumber) => ({
      filter: { contactNumber },
      values: [contactNumber],
    })),
};

/** In the national notation. */
const phone: Way = {
  name: "telephone number",
  found: where(`(${startsWith("c.phone_key", "$2", "$3")} OR ${startsWith("c.mobile_key", "$2", "$3")})`),
  planning: "force_custom_plan",
  ask: async (superuser, institutionId) =>
    (await mobiles(superuser, institutionId)).map((mobile) => {
      const national = mobile.replace(/^\+41(\d\d)(\d{3})(\d\d)(\d\d)$/, "0$1 $2 $3 $4");
      const key = [...mobile.slice(1)].reverse().join("");
      return { filter: { phone: national }, values: [key, key + end] };
    }),
};

const postcodes = ["1003", "1201", "1700", "2000", "3011", "8001", "75004", "69002"];

const postcodeAndRole: Way = {
  name: "advanced: post code and role",
  found: where(`EXISTS (SELECT FROM contacts.contact_address a WHERE a.institution_id = $1 AND a.contact_id = c.id
      AND ${startsWith("a.postcode_key", "$2", "$3")})
    AND EXISTS (SELECT FROM contacts.contact_role r WHERE r.institution_id = $1 AND r.contact_id = c.id AND r.role = $4)`),
  isAskedOverHttp: true,
  planning: "force_custom_plan",
  ask: async () =>
    postcodes.flatMap((postcode) =>
      (["PARTNER", "RELAY"] as const).map((role) => ({
        filter: { postcode, roles: [role] } as ContactFilter,
        values: [postcode, postcode + end, role],
      })),
    ),
};

const criteriaOf = [
  ["BALLET", "A18"],
  ["OPERA", "A18"],
  ["BALLET", "A26"],
  ["OPERA", "A26"],
] as const;
const hasCriterion = (id: string, value: string) => `EXISTS (SELECT FROM contacts.contact_criterion h
    WHERE h.institution_id = $1 AND h.contact_id = c.id AND h.criterion_id = ${id} AND h.value_code = ${value})`;

const twoCriteria: Way = {
  name: "advanced: two criteria of the contact",
  found: where(`${hasCriterion("$2", "$3")} AND ${hasCriterion("$4", "$5")}`),
  isAskedOverHttp: true,
  planning: "force_custom_plan",
  async ask(superuser, institutionId) {
    const [ids] = await select<{ interest: number; age: number }>(
      superuser,
      `SELECT max(id) FILTER (WHERE code = 'INTEREST') AS interest, max(id) FILTER (WHERE code = 'AGEGRP') AS age
       FROM contacts.criterion WHERE institution_id = $1`,
      institutionId,
    );
    const termOf = (code: string, value: string) => ({ code, values: [value] });
    return criteriaOf.map(([interest, age]) => ({
      filter: { criteria: [termOf("INTEREST", interest), termOf("AGEGRP", age)] },
      values: [ids!.interest, interest, ids!.age, age],
    }));
  },
};

const nameAndTown: Way = {
  name: "advanced: name and town",
  found: where(`${startsWith("c.search_name", "$2", "$3")} AND EXISTS (
    SELECT FROM contacts.contact_address a WHERE a.institution_id = $1 AND a.contact_id = c.id
      AND ${startsWith("a.town_key", "$4", "$5")})`),
  planning: "force_custom_plan",
  ask: async () =>
    ["mull", "favr", "roch", "duran", "keller", "mori"].flatMap((name) =>
      ["lausanne", "geneve", "bern", "fribourg"].map((town) => ({
        filter: { name, town },
        values: [name, name + end, town, town + end],
      })),
    ),
};

export const ways: readonly Way[] = [
  namePrefix,
  twoNames,
  misspeltName,
  misspeltWithFirstName,
  email,
  number,
  phone,
  postcodeAndRole,
  twoCriteria,
  nameAndTown,
];
