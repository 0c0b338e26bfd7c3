import type { Sql } from "../../platform/database/sql.js";
import type { Outcome } from "./audience.enums.js";
import { type AudienceParts, allOutcomes, allRecipients, consentBehind, someOutcomes } from "./audience.statement.js";

/** What became of a member. */
export interface OutcomeRow {
  contactId: string;
  /** Who would receive it: himself, or the primary relay of a structure. Null when there is none. */
  recipientId: string | null;
  outcome: Outcome;
  /** Id of the entry in the ledger of authorizations that decided; null where none did. */
  consentEventId: string | null;
  /** Database id; null while he has not been sent to. */
  shipmentId: string | null;
  /** Where his page goes on behind him. */
  place: string;
}

/** Columns and joins of rows of outcomes `o`. */
function shownOutcome({ campaign }: AudienceParts) {
  const { id, joins } = consentBehind(campaign);
  const columns = `o.contact_id AS "contactId", o.recipient_id AS "recipientId", o.outcome, ${id} AS "consentEventId",
    NULL AS "shipmentId", o.contact_id AS place`;
  return { columns, joins };
}

/** The outcomes of these contacts, as things are in this transaction, in the order of their ids. Others than members are left out. */
export async function selectOutcomes(
  db: Sql,
  parts: AudienceParts,
  contactIds: readonly string[],
): Promise<OutcomeRow[]> {
  const given = parts.values.copy();
  const which = `m.contact_id = ANY(${given.add(contactIds, "bigint[]")})`;
  const { columns, joins } = shownOutcome(parts);
  const [text, values] = given.bind(
    `/* selectOutcomes */
     SELECT ${columns} FROM (${someOutcomes(parts, which)}) o ${joins} ORDER BY o.contact_id`,
  );
  const { rows } = await db.query<OutcomeRow>(text, values, "BY_VALUES");
  return rows;
}

export interface AudiencePage {
  /** Those with one of these outcomes. */
  readonly outcomes: readonly Outcome[];
  /** {@link OutcomeRow.place} that the page begins after; null: from the first one on. */
  readonly after: string | null;
  readonly limit: number;
}

/** A page of members, in the order of their ids. */
export async function selectAudiencePage(
  db: Sql,
  parts: AudienceParts,
  { outcomes, after, limit }: AudiencePage,
): Promise<OutcomeRow[]> {
  const values = parts.values.copy();
  const members = someOutcomes(parts, `m.contact_id > ${values.add(after ?? "0", "bigint")}`);
  const { columns, joins } = shownOutcome(parts);
  const [text, parameters] = values.bind(
    `/* selectAudiencePage */
     SELECT ${columns}
     FROM (SELECT o.* FROM (${members}) o WHERE o.outcome = ANY(${values.add(outcomes, "text[]")})
       ORDER BY o.contact_id LIMIT ${values.add(limit, "int")}) o ${joins}
     ORDER BY o.contact_id`,
  );
  const { rows } = await db.query<OutcomeRow>(text, parameters, "BY_VALUES");
  return rows;
}

/** How many members there are of each outcome that there is. */
export async function countAudience(db: Sql, parts: AudienceParts): Promise<Map<Outcome, number>> {
  const [text, values] = parts.values.bind(
    `/* countAudience */
     SELECT o.outcome, count(*)::int AS count FROM (${allOutcomes(parts)}) o GROUP BY o.outcome`,
  );
  const { rows } = await db.query<{ outcome: Outcome; count: number }>(text, values, "BY_VALUES");
  return new Map(rows.map(({ outcome, count }) => [outcome, count]));
}

/** How many receive it. */
export async function countRecipients(db: Sql, parts: AudienceParts): Promise<number> {
  const [text, values] = parts.values.bind(
    `/* countRecipients */ SELECT count(*)::int AS count FROM (${allRecipients(parts)}) o`,
  );
  const { rows } = await db.query<{ count: number }>(text, values, "BY_VALUES");
  return rows[0]!.count;
}

/** True when the institution takes a refusal for one of everybody with that e-mail address. */
export async function selectRefusalByAddress(db: Sql): Promise<boolean> {
  const { rows } = await db.query<{ refusalByAddress: boolean }>(
    `/* selectRefusalByAddress */
     SELECT refusal_by_address AS "refusalByAddress" FROM privacy.effective_setting WHERE institution_id = $1`,
    [db.institutionId],
  );
  return rows[0]!.refusalByAddress;
}
