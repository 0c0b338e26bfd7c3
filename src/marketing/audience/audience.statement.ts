import type { StatementValues } from "../../platform/database/statement-values.js";
import {
  decidingCode,
  exclusionReason,
  type GatedCampaign,
  passesGates,
  refusingWith,
  seen,
  sendsMessages,
} from "../gates/gates.js";

/** What the statements about an audience are put together of. */
export interface AudienceParts {
  readonly campaign: GatedCampaign;
  /** Each a condition on `m`, a row of `marketing.contact_marketing`: whoever meets one of them is asked about. */
  readonly members: readonly string[];
  /** Who has received it in this run already, as such a condition: nobody else with his address does. */
  readonly sent: string | null;
  readonly values: StatementValues;
}

const isMember = ({ members }: AudienceParts) => `(${members.length > 0 ? members.join(" OR ") : "false"})`;

/** Each kind of target finds its members in its own best way; with several, those ways are gone one after another. */
function isMemberOfSets({ members }: AudienceParts): string {
  if (members.length === 1) return members[0]!;
  const sets = members.map(
    (condition) => `SELECT m.contact_id FROM marketing.contact_marketing m WHERE ${seen("m")} AND ${condition}`,
  );
  return sets.length === 0 ? "false" : `m.contact_id IN (${sets.join(" UNION ALL ")})`;
}

/** Of the recipient: the primary relay's of a structure, else the member's own. */
function either(of: (alias: string) => string): string {
  const [ofRelay, own] = [of("r"), of("m")];
  return ofRelay === own ? own : `CASE WHEN m.contact_type = 'STRUCTURE' THEN ${ofRelay} ELSE ${own} END`;
}

/**
 * A member `m`; a structure with its primary relay `r`. Nobody else has one looked for: without OFFSET 0 the planner would
 * work out the relays of all structures first.
 */
const withRelay = `marketing.contact_marketing m
  LEFT JOIN LATERAL (
    SELECT q.* FROM contacts.primary_relay p
    JOIN marketing.contact_marketing q ON q.institution_id = $1 AND q.contact_id = p.relay_id
    WHERE m.contact_type = 'STRUCTURE' AND p.institution_id = $1 AND p.structure_id = m.contact_id OFFSET 0) r ON true`;

type OfRecipient = (column: (alias: string) => string) => string;

/**
 * Members `m` with their recipients: contact_id, recipient_id, email_hash, and what else is asked of them. Advantages and web
 * links go to the member himself.
 * @param which condition on `m` and its relay `r` that says of whom
 */
function membersOf({ campaign }: AudienceParts, which: string, others: (of: OfRecipient) => string = () => ""): string {
  const sends = sendsMessages(campaign.channel);
  const of: OfRecipient = sends ? either : (column) => column("m");
  return `SELECT m.contact_id, ${of((alias) => `${alias}.contact_id`)} AS recipient_id,
      ${of((alias) => `${alias}.email_hash`)} AS email_hash ${others(of)}
    FROM ${sends ? withRelay : "marketing.contact_marketing m"} WHERE ${seen("m")} AND ${which}`;
}

/** Members with the first gate of G2 to G6 that holds them back. */
function asked(parts: AudienceParts, which: string): string {
  const { campaign } = parts;
  return membersOf(
    parts,
    which,
    (of) => `, ${of((recipient) => exclusionReason(campaign, { target: "m", recipient }))} AS reason,
      ${of((alias) => decidingCode(campaign, alias))} AS deciding_code`,
  );
}

/** Whom no gate of G2 to G6 holds back. What is true of the member alone stands there alone, for the plan. */
function passing({ campaign }: AudienceParts): string {
  const own = passesGates(campaign, { target: "m", recipient: "m" });
  if (!sendsMessages(campaign.channel)) return own;
  const relayed = `(${exclusionReason(campaign, { target: "m", recipient: "r" })}) IS NULL`;
  return `(m.contact_type = 'STRUCTURE' OR (${own})) AND (m.contact_type <> 'STRUCTURE' OR ${relayed})`;
}

/** In the order of contact numbers: of those with one e-mail address, the first one receives it (5.6). */
const numberOf = (alias: string) => `${alias}.contact_number::numeric, ${alias}.contact_number, ${alias}.contact_id`;

/**
 * Whether another member with the address of `o` receives it instead: one with a lower contact number who passes the other
 * gates, or one who has received it already. Found from the address on: who has it, and the structures that he stands for.
 * Without OFFSET 0 the primary relays of all structures would be worked out for each `o`.
 */
function isDuplicate(parts: AudienceParts): string {
  const before = `(${numberOf("n")}) < (SELECT ${numberOf("own")} FROM contacts.visible_reach own
    WHERE own.institution_id = $1 AND own.contact_id = o.contact_id)`;
  const rival = `SELECT FROM marketing.contact_marketing r
    CROSS JOIN LATERAL (
      SELECT r.contact_id AS id WHERE r.contact_type <> 'STRUCTURE'
      UNION ALL
      SELECT s.structure_id FROM contacts.visible_relay s
      JOIN LATERAL (
        SELECT p.relay_id FROM contacts.primary_relay p
        WHERE p.institution_id = $1 AND p.structure_id = s.structure_id OFFSET 0) p ON p.relay_id = r.contact_id
      WHERE s.institution_id = $1 AND s.relay_id = r.contact_id) rival
    JOIN marketing.contact_marketing m ON m.institution_id = $1 AND m.contact_id = rival.id
    JOIN contacts.visible_reach n ON n.institution_id = $1 AND n.contact_id = m.contact_id
    WHERE ${seen("r")} AND ${seen("m")} AND r.email_hash = o.email_hash AND m.contact_id <> o.contact_id`;
  const other = `${isMember(parts)} AND (${exclusionReason(parts.campaign, { target: "m", recipient: "r" })}) IS NULL
    AND ${before}`;
  const wasSent = parts.sent === null ? "" : `OR (${parts.sent})`;
  return `EXISTS (${rival} AND ((${other}) ${wasSent}))`;
}

/**
 * Members with their outcome, one by one: contact_id, recipient_id, outcome, deciding_code and email_hash.
 * @param which condition on `m` that says of whom
 */
export function someOutcomes(parts: AudienceParts, which: string): string {
  const isEmail = parts.campaign.channel === "EMAIL";
  const duplicate = isEmail ? `CASE WHEN ${isDuplicate(parts)} THEN 'DUPLICATE_EMAIL' END,` : "";
  return `SELECT o.contact_id, o.recipient_id, coalesce(o.reason, ${duplicate} 'SEND') AS outcome, o.deciding_code, o.email_hash
    FROM (${asked(parts, `${which} AND ${isMember(parts)}`)}) o`;
}

/** Every member with his outcome, worked out together: the same columns. Of those with one address, all but the first stay without. */
export function allOutcomes(parts: AudienceParts): string {
  const members = asked(parts, isMemberOfSets(parts));
  if (parts.campaign.channel !== "EMAIL") {
    return `SELECT a.contact_id, a.recipient_id, coalesce(a.reason, 'SEND') AS outcome, a.deciding_code, a.email_hash
      FROM (${members}) a`;
  }
  return `WITH asked AS MATERIALIZED (${members}), passed AS NOT MATERIALIZED (SELECT a.* FROM asked a WHERE a.reason IS NULL),
    ${laterOf("passed")}
    SELECT a.contact_id, a.recipient_id, a.deciding_code, a.email_hash,
      coalesce(a.reason, CASE WHEN l.contact_id IS NOT NULL THEN 'DUPLICATE_EMAIL' END, 'SEND') AS outcome
    FROM asked a LEFT JOIN later l ON l.contact_id = a.contact_id`;
}

/** Those who receive it, without a look at why the others do not: contact_id and recipient_id. */
export function allRecipients(parts: AudienceParts): string {
  const passed = membersOf(parts, `${passing(parts)} AND ${isMemberOfSets(parts)}`);
  if (parts.campaign.channel !== "EMAIL") return passed;
  return `WITH passed AS MATERIALIZED (${passed}), ${laterOf("passed")}
    SELECT p.contact_id, p.recipient_id FROM passed p WHERE NOT EXISTS (SELECT FROM later l WHERE l.contact_id = p.contact_id)`;
}

/**
 * The part of a WITH that gives `later`: those who stay without, because one before them has their address.
 * @param passed the part with whoever passes the other gates: contact_id and email_hash
 */
function laterOf(passed: string): string {
  return `shared AS (
      SELECT p.email_hash FROM ${passed} p WHERE p.email_hash IS NOT NULL GROUP BY p.email_hash HAVING count(*) > 1),
    placed AS (
      SELECT p.contact_id, row_number() OVER (PARTITION BY p.email_hash ORDER BY ${numberOf("n")}) AS place
      FROM shared s JOIN ${passed} p ON p.email_hash = s.email_hash
      JOIN contacts.visible_reach n ON n.institution_id = $1 AND n.contact_id = p.contact_id),
    later AS (SELECT p.contact_id FROM placed p WHERE p.place > 1)`;
}

/** The last entry of a code in the ledger of a contact, as a sub-select. */
const lastEntry = (contactId: string, code: string, when: string) => `(
    SELECT e.id, e.new_value FROM marketing.authorization_event e
    WHERE e.institution_id = $1 AND e.contact_id = ${contactId} AND e.code = ${code} AND ${when}
    ORDER BY e.id DESC LIMIT 1)`;

/**
 * The entry of the ledger that stands behind an outcome `o`, as joins and the column that they give: what the recipient
 * last said of the authorization that decided; where it was somebody else's refusal who has his address, the first of
 * those. None where consent was not asked for.
 */
export function consentBehind(campaign: GatedCampaign): { readonly joins: string; readonly id: string } {
  const decided = "o.outcome IN ('SEND', 'CONSENT_REFUSED', 'CONSENT_MISSING')";
  const own = `LEFT JOIN LATERAL ${lastEntry("o.recipient_id", "o.deciding_code", decided)} said
    ON o.outcome <> 'CONSENT_REFUSED' OR NOT said.new_value`;
  const refuses = refusingWith(campaign, "o.email_hash");
  if (refuses === null) return { joins: own, id: "said.id" };
  return {
    joins: `${own} LEFT JOIN LATERAL (
      SELECT theirs.id FROM marketing.contact_marketing also
      JOIN LATERAL ${lastEntry("also.contact_id", decidingCode(campaign, "also"), "true")} theirs ON NOT theirs.new_value
      WHERE o.outcome = 'CONSENT_REFUSED' AND said.id IS NULL AND ${refuses} ORDER BY theirs.id LIMIT 1) other ON true`,
    id: "coalesce(said.id, other.id)",
  };
}
