import type { VisibleContactIds } from "../../contacts/index.js";
import type { ChangeSource, Sql } from "../../platform/database/sql.js";
import type { Locale } from "../../platform/i18n/locale.js";
import { AuthorizationCode, authorizationCodes, type StoredAuthorization } from "./authorization.js";
import { authorizationColumns, authorizationsOf } from "./columns.js";

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
}

/** An entry of the ledger: a value that is another than before. */
export interface AuthorizationEventRow {
  eventId: string;
  contactId: string;
  code: AuthorizationCode;
  value: StoredAuthorization;
  /** By the rule of 5.4. */
  isAutomatic: boolean;
}

const bit = (code: AuthorizationCode) => 1 << authorizationCodes.indexOf(code);

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

const source = `coalesce($7, current_setting('app.source'))`;

/**
 * Changes authorizations of contacts, each his own, in one statement with the ledger and the activity: single
 * mutations, imports of a million rows in chunks, reports and links all come here. Contacts where nothing differs are
 * not written. INSTITUTION_EMAIL TRUE makes an EMPTY EMAIL TRUE unless EMAIL is given (5.4). A change counts as
 * activity, once a day, when at least one authorization is TRUE after it (F70, A8). Judges nothing else: whether an
 * invalid contact may agree is the caller's to say, who has locked the contacts.
 * @param visible whom to change; changes of others are left out
 * @param changes at most one for each contact
 * @returns what was really changed, each contact's in the order of the codes
 */
export async function applyAuthorizations(
  db: Sql,
  visible: VisibleContactIds,
  changes: readonly AuthorizationChange[],
  { source: how, jobId, wordings }: LedgerNote = {},
): Promise<AuthorizationEventRow[]> {
  const { rows } = await db.query<AuthorizationEventRow>(
    `/* applyAuthorizations */
     WITH wanted AS (
       SELECT * FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::smallint[])
         AS w (contact_id, agreed, refused, cleared, unverified)),
     changed AS (
       UPDATE marketing.contact_marketing m
       SET ${authorizationCodes.map((code) => `${authorizationColumns[code]} = ${becomes(code)}`).join(", ")}
       FROM wanted w
       WHERE m.institution_id = $1 AND m.contact_id = w.contact_id
         AND (${authorizationCodes.map((code) => `m.${authorizationColumns[code]} IS DISTINCT FROM ${becomes(code)}`).join(" OR ")})
       RETURNING m.contact_id, ${authorizationsOf("old")} AS was, ${authorizationsOf("new")} AS became,
         w.agreed | w.refused | w.cleared AS given, w.unverified),
     active AS (
       INSERT INTO marketing.activity (institution_id, contact_id, kind, source)
       SELECT $1, contact_id, 'AUTHORIZATION', ${source} FROM changed WHERE true = ANY (became)
       ON CONFLICT DO NOTHING)
     INSERT INTO marketing.authorization_event (institution_id, contact_id, source, job_id, code, old_value, new_value,
       wording_version, wording_locale, is_automatic, is_verified)
     SELECT $1, changed.contact_id, ${source}, $8::bigint, each.code, each.was, each.became,
       each.version, each.locale, changed.given & (1 << each.place::int - 1) = 0,
       changed.unverified & (1 << each.place::int - 1) = 0
     FROM changed CROSS JOIN LATERAL
       ROWS FROM (unnest('{${authorizationCodes.join(",")}}'::text[], changed.was, changed.became, $9::int[], $10::text[]))
         WITH ORDINALITY AS each (code, was, became, version, locale, place)
     WHERE each.was IS DISTINCT FROM each.became
     RETURNING id AS "eventId", contact_id AS "contactId", code, new_value AS value, is_automatic AS "isAutomatic"`,
    [
      db.institutionId,
      ...masksOf(visible, changes),
      how ?? null,
      jobId ?? null,
      authorizationCodes.map((code) => wordings?.get(code)?.version ?? null),
      authorizationCodes.map((code) => wordings?.get(code)?.locale ?? null),
    ],
  );
  return rows;
}

/** Contacts, and for each of them its codes as bits: those agreed to, refused, cleared and unverified. */
function masksOf(visible: VisibleContactIds, changes: readonly AuthorizationChange[]): (string | number)[][] {
  const seen = new Set(visible);
  const masks: [string[], number[], number[], number[], number[]] = [[], [], [], [], []];
  for (const { contactId, values, unverified } of changes) {
    if (!seen.has(contactId)) continue;
    const given = [true, false, null].map((wanted) =>
      [...values].reduce((mask, [code, value]) => (value === wanted ? mask | bit(code) : mask), 0),
    );
    const blind = [...(unverified ?? [])].reduce((mask, code) => mask | bit(code), 0);
    for (const [index, value] of [contactId, ...given, blind].entries())
      (masks[index] as (string | number)[]).push(value);
  }
  return masks;
}
