import type { VisibleContactIds } from "../../contacts/index.js";
import { plannedAsSets } from "../../platform/database/planning.js";
import type { ChangeSource, Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import type { AuthorizationWish } from "../../platform/ports.js";
import { AuthorizationCode, authorizationCodes, type StoredAuthorization } from "./authorization.js";
import { authorizationColumns } from "./columns.js";

/** What a contact's authorizations shall become. Those that are not named stay. */
export interface AuthorizationChange {
  /** Database id. */
  readonly contactId: string;
  readonly values: ReadonlyMap<AuthorizationCode, StoredAuthorization>;
  /** Values that were given without saying what they were taken for before (6.4, imports without an old value). */
  readonly unverified?: ReadonlySet<AuthorizationCode>;
}

/** The text that a person was shown, of the code that it was shown for. */
export interface ShownWording {
  readonly locale: Locale;
  readonly version: number;
}

/** What the ledger says of changes, beside who made them and when, which the transaction knows. */
export interface LedgerNote {
  /** How they came in, when not as everything else in the transaction. */
  readonly source?: ChangeSource;
  /** The import that makes them. */
  readonly jobId?: string;
  readonly wordings?: ReadonlyMap<AuthorizationCode, ShownWording>;
  /** The contact has proved that he says so himself: agreeing to what is TRUE already is an entry as well. */
  readonly confirms?: boolean;
}

/** A value that is another than before, and stands in the ledger. */
export interface AuthorizationEventRow {
  contactId: string;
  code: AuthorizationCode;
  value: StoredAuthorization;
  /** By the rule of 5.4. */
  isAutomatic: boolean;
}

const bits = new Map(authorizationCodes.map((code, index) => [code, 1 << index]));
const bit = (code: AuthorizationCode): number => bits.get(code)!;

/** A column's value after the change: what was given, else by the rule of 5.4, else what it was. */
function becomes(code: AuthorizationCode): string {
  const column = `m.${authorizationColumns[code]}`;
  const follows = code === AuthorizationCode.EMAIL ? `WHEN ${followsTheLegalOne} THEN true` : "";
  return `CASE WHEN w.agreed & ${bit(code)} > 0 THEN true WHEN w.refused & ${bit(code)} > 0 THEN false
    WHEN w.cleared & ${bit(code)} > 0 THEN NULL ${follows} ELSE ${column} END`;
}

/** Not for an invalid contact, who receives nothing (F07). */
const followsTheLegalOne = `w.agreed & ${bit(AuthorizationCode.INSTITUTION_EMAIL)} > 0 AND m.email IS NULL
  AND (m.validity_end_date IS NULL OR m.validity_end_date >= platform.today())`;

/** Those of the codes that are TRUE, or FALSE, in a row, as bits. */
const bitsOf = (alias: string, value: boolean, codes: readonly AuthorizationCode[]) =>
  codes
    .map(
      (code) => `CASE WHEN ${value ? "" : "NOT "}${alias}.${authorizationColumns[code]} THEN ${bit(code)} ELSE 0 END`,
    )
    .concat("0")
    .join(" | ");

const listed = `SELECT * FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::smallint[])
  AS w (contact_id, agreed, refused, cleared, unverified)`;

/** What the ledger says of all changes of a statement: places of parameters. */
interface NotePlaces {
  readonly source: string;
  readonly jobId: string;
  readonly versions: string;
  readonly locales: string;
  /** Whether agreeing to what is TRUE already is an entry as well. */
  readonly confirms?: boolean;
}

/**
 * The one statement that changes authorizations.
 * @param wanted SQL of what they shall become, a row for a contact
 * @param named the codes that are named in it: only what can change is compared, which counts for a million contacts
 * @param within whose rows of `m` can be meant, where that is known
 */
function changeStatement(
  wanted: string,
  { source, jobId, versions, locales, confirms = false }: NotePlaces,
  { named, within }: { named: readonly AuthorizationCode[]; within: string } = {
    named: authorizationCodes,
    within: "true",
  },
): string {
  const touched = authorizationCodes.filter((code) => named.includes(code) || mayFollow(code, named));
  const others = authorizationCodes.filter((code) => !touched.includes(code));
  const differs = touched
    .map((code) => `m.${authorizationColumns[code]} IS DISTINCT FROM ${becomes(code)}`)
    .join(" OR ");
  return `WITH wanted AS (${wanted}),
     changed AS (
       UPDATE marketing.contact_marketing m
       SET ${touched.map((code) => `${authorizationColumns[code]} = ${becomes(code)}`).join(", ")}
       FROM wanted w
       WHERE m.institution_id = $1 AND m.contact_id = w.contact_id AND ${within}
         AND (${differs}${confirms ? " OR w.agreed > 0" : ""})
       RETURNING m.contact_id, ${bitsOf("new", true, others)} AS kept_true, ${bitsOf("new", false, others)} AS kept_false,
         ${bitsOf("old", true, touched)} AS was_true, ${bitsOf("old", false, touched)} AS was_false,
         ${bitsOf("new", true, touched)} AS is_true, ${bitsOf("new", false, touched)} AS is_false,
         w.agreed | w.refused | w.cleared AS given, w.unverified,
         ${confirms ? `nullif(w.agreed & (${bitsOf("old", true, touched)}), 0)::smallint` : "NULL::smallint"} AS confirmed)
     INSERT INTO marketing.authorization_change (institution_id, contact_id, at, actor, actor_kind, source, job_id,
       was_true, was_false, is_true, is_false, automatic, unverified, confirmed, wording_versions, wording_locales)
     SELECT $1, c.contact_id, (SELECT platform.now()), (SELECT current_setting('app.actor')),
       (SELECT current_setting('app.actor_kind')), (SELECT coalesce(${source}::text, current_setting('app.source'))),
       ${jobId}::bigint,
       c.was_true | kept_true, c.was_false | kept_false, c.is_true | kept_true, c.is_false | kept_false,
       ((c.was_true # c.is_true) | (c.was_false # c.is_false)) & ~c.given, c.unverified, c.confirmed, ${versions}::int[],
       ${locales}::text[]
     FROM (SELECT * FROM changed ORDER BY contact_id) c`;
}

/** By the rule of 5.4. */
function mayFollow(code: AuthorizationCode, named: readonly AuthorizationCode[]): boolean {
  return code === AuthorizationCode.EMAIL && named.includes(AuthorizationCode.INSTITUTION_EMAIL);
}

/**
 * The same for wishes that stand in a temporary table (platform/ports.ts): a million contacts
 * are not brought into the program and back.
 */
export async function applyAuthorizationWish(db: Sql, { jobId, codes, table }: AuthorizationWish): Promise<void> {
  const places = { source: "NULL", jobId: "$2", versions: "NULL", locales: "NULL" };
  const wished = `FROM ${table} WHERE unverified IS NOT NULL`;
  const wanted = `SELECT contact_id, agreed, refused, cleared, unverified ${wished}`;
  const within = "m.contact_id BETWEEN $3 AND $4";
  const named = authorizationCodes.filter((code) => codes.includes(code));
  const statement = `/* applyAuthorizationWish */ ${changeStatement(wanted, places, { named, within })}`;
  const { rows } = await db.query<{ lowest: string | null; highest: string | null }>(
    `/* selectWishRange */ SELECT min(contact_id) AS lowest, max(contact_id) AS highest ${wished}`,
  );
  const { lowest, highest } = rows[0]!;
  // nobody is to be changed
  if (lowest === null) return;
  await plannedAsSets(db, () => db.query(statement, [db.institutionId, jobId, lowest, highest]));
}

/**
 * Changes authorizations of contacts, each his own, in one statement with the ledger: single
 * mutations, reports and links all come here, and imports to {@link applyAuthorizationWish}. Contacts where nothing differs are
 * not written, unless they confirm. INSTITUTION_EMAIL TRUE makes an EMPTY EMAIL TRUE unless EMAIL is given (5.4). Recency reads
 * from the ledger which changes count as activity: those with a TRUE after them (F70, A8). Judges nothing else: whether an
 * invalid contact may agree is the caller's to say, who has locked the contacts.
 * @param visible whom to change; changes of others are left out
 * @param changes at most one for each contact
 * @returns what was really changed, each contact's in the order of the codes
 */
export async function applyAuthorizations(
  db: Sql,
  visible: VisibleContactIds,
  changes: readonly AuthorizationChange[],
  { source: how, jobId, wordings, confirms = false }: LedgerNote = {},
): Promise<AuthorizationEventRow[]> {
  const { rows } = await db.query<ChangedRow>(
    `/* applyAuthorizations */ ${changeStatement(listed, { source: "$7", jobId: "$8", versions: "$9", locales: "$10", confirms })}
     RETURNING contact_id AS "contactId", (was_true # is_true) | (was_false # is_false) AS changed, is_true AS agreed,
       is_false AS refused, automatic`,
    [
      db.institutionId,
      ...masksOf(visible, changes),
      how ?? null,
      jobId ?? null,
      shown(wordings, "version"),
      shown(wordings, "locale"),
    ],
  );
  return rows.flatMap(eventsOf);
}

/** A contact who was written: codes as bits. */
interface ChangedRow {
  contactId: string;
  changed: number;
  /** Those that are TRUE and FALSE now. */
  agreed: number;
  refused: number;
  automatic: number;
}

function eventsOf({ contactId, changed, agreed, refused, automatic }: ChangedRow): AuthorizationEventRow[] {
  return authorizationCodes.flatMap((code) => {
    const one = bit(code);
    if ((changed & one) === 0) return [];
    const value = (agreed & one) > 0 ? true : (refused & one) > 0 ? false : null;
    return [{ contactId, code, value, isAutomatic: (automatic & one) > 0 }];
  });
}

/** By the codes' places; null when nothing was shown. */
function shown(wordings: LedgerNote["wordings"], part: keyof ShownWording): (string | number | null)[] | null {
  return wordings?.size ? authorizationCodes.map((code) => wordings.get(code)?.[part] ?? null) : null;
}

/**
 * Contacts, and for each of them its codes as bits: those agreed to, refused, cleared and unverified. As the texts of
 * arrays, because the driver quotes each element of a list, which for a million contacts takes longer than the update.
 */
function masksOf(visible: VisibleContactIds, changes: readonly AuthorizationChange[]): string[] {
  const seen = new Set(visible);
  const wanted = changes.filter(({ contactId }) => seen.has(contactId));
  const masks = wanted.map(({ values, unverified }) => {
    const mask = { agreed: 0, refused: 0, cleared: 0, unverified: 0 };
    for (const [code, value] of values) mask[value === null ? "cleared" : value ? "agreed" : "refused"] |= bit(code);
    for (const code of unverified ?? []) mask.unverified |= bit(code);
    return mask;
  });
  const columns = [
    wanted.map(({ contactId }) => contactId),
    masks.map(({ agreed }) => agreed),
    masks.map(({ refused }) => refused),
    masks.map(({ cleared }) => cleared),
    masks.map(({ unverified }) => unverified),
  ];
  return columns.map((column) => `{${column.join(",")}}`);
}
