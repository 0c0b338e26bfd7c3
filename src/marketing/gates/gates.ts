import type { ShipmentChannel } from "../../platform/ports.js";
import { AuthorizationCode } from "../authorizations/authorization.js";
import { authorizationColumns } from "../authorizations/columns.js";

/** What the gates ask of a campaign. */
export interface GatedCampaign {
  readonly channel: ShipmentChannel;
  /** PURCHASE_INFORMATION, the one type that consent does not hold back (F41). */
  readonly isPurchaseInformation: boolean;
  /** By e-mail, lets through who never said anything (5.4). Nothing else, and nothing for purchase information. */
  readonly isForBusinessContacts: boolean;
  /**
   * PARTNER_COMMUNICATION or THIRD_PARTY_TRANSFER: a mailing for partners, which needs TRUE whatever its type and option
   * (5.5). Left out, as INSTITUTION_EMAIL: the institution's own.
   */
  readonly authorization?: AuthorizationCode | null;
  /** By e-mail, the refusal of anybody with the same address counts as his own (Q-14). */
  readonly refusalByAddress?: boolean;
}

/** Why a contact receives nothing: the first gate of 5.2 that he does not pass. */
export type ExclusionReason =
  | "ANONYMIZED"
  | "INVALID_CONTACT"
  | "NO_ADDRESS"
  | "HARD_BOUNCE"
  | "CONSENT_REFUSED"
  | "CONSENT_MISSING";

/** Aliases of rows of `marketing.contact_marketing`. */
export interface GatedRows {
  /** The contact that is targeted. */
  readonly target: string;
  /** Who receives it: the contact himself, or a structure's primary relay; a row of nulls when it has none. */
  readonly recipient: string;
}

type MessageChannel = Exclude<ShipmentChannel, "ADVANTAGE" | "WEB_LINK">;

/** What a channel needs (G4), and whose TRUE lets other campaigns than purchase information pass (5.5). */
const channels: Readonly<Record<MessageChannel, { readonly address: string; readonly mean: AuthorizationCode }>> = {
  EMAIL: { address: "has_email", mean: AuthorizationCode.EMAIL },
  SMS: { address: "has_mobile", mean: AuthorizationCode.SMS },
  PHONE: { address: "has_phone", mean: AuthorizationCode.PHONE },
  LETTER: { address: "has_postal_address", mean: AuthorizationCode.LETTER },
};

/**
 * A row of `marketing.contact_marketing` that the caller sees. As in the table's policy, his level is read once and not for
 * each row, and stands where the planner does not estimate by it: it would expect a third of all contacts.
 */
export const seen = (alias: string) => `${alias}.institution_id = $1
  AND ${alias}.contact_id <> CASE
    WHEN ${alias}.confidentiality_level <= (SELECT nullif(current_setting('app.clearance', true), '')::smallint) THEN 0
    ELSE ${alias}.contact_id END`;

/** A condition that holds back, why, and what is true of those who pass when that is not just its opposite. */
type Gate = readonly [condition: string, reason: ExclusionReason, passes?: string];

/**
 * The gates G2 to G6 as one SQL expression: the first reason why a contact receives nothing, or NULL for SEND. G1 is the
 * visibility of the rows, G7 needs the whole run. Deciding anew, such as for each chunk, is asking again: no copy of what
 * it reads is older than the transaction (5.7).
 * Source: domain 5.2 to 5.6; D-10 (hard bounces hold back purchase information too), D-13 (SMS, calls and letters do not
 * ask for INSTITUTION_EMAIL), Q-14
 */
export function exclusionReason(campaign: GatedCampaign, rows: GatedRows): string {
  const gates = gatesOf(campaign, rows);
  return `CASE ${gates.map(([condition, reason]) => `WHEN ${condition} THEN '${reason}'`).join(" ")} END`;
}

/** True for those for whom {@link exclusionReason} is NULL, as single conditions that a plan can be made of. */
export function passesGates(campaign: GatedCampaign, rows: GatedRows): string {
  const gates = gatesOf(campaign, rows);
  return gates.map(([condition, , passes]) => passes ?? `NOT (${condition})`).join(" AND ");
}

/** What {@link exclusionReason} asks, one after another: each as a condition that holds back, with the reason. */
export function gatesOf(campaign: GatedCampaign, rows: GatedRows): readonly Gate[] {
  return [...stateGates(rows.target), ...messageGates(campaign, rows)];
}

/** The day of the institution: asked for once in a statement, and not for each row. */
const today = "(SELECT platform.today())";

/** G2 and G3. A contact is valid through the whole of his last day (D-07). */
function stateGates(alias: string): Gate[] {
  return [
    [`${alias}.anonymized_at IS NOT NULL`, "ANONYMIZED"],
    [
      `${alias}.validity_end_date < ${today}`,
      "INVALID_CONTACT",
      `(${alias}.validity_end_date IS NULL OR ${alias}.validity_end_date >= ${today})`,
    ],
  ];
}

/** True for a channel that messages go by: advantages and web links ask for neither address nor consent. */
export function sendsMessages(channel: ShipmentChannel): channel is MessageChannel {
  return channel !== "ADVANTAGE" && channel !== "WEB_LINK";
}

function messageGates(campaign: GatedCampaign, { target, recipient }: GatedRows): Gate[] {
  const { channel } = campaign;
  if (!sendsMessages(channel)) return [];
  return [
    ...(recipient === target ? [] : stateGates(recipient)),
    [`${recipient}.${channels[channel].address} IS NOT TRUE`, "NO_ADDRESS"],
    ...(channel === "EMAIL" ? [[`${recipient}.bounce_status = 2`, "HARD_BOUNCE"] as const] : []),
    ...consentGates(campaign, recipient),
  ];
}

/** What G6 asks for: each must be TRUE, or not FALSE where EMPTY is enough. The first one stands behind a SEND. */
interface Consent {
  readonly code: AuthorizationCode;
  readonly mayBeEmpty: boolean;
}

/**
 * 5.4 for e-mail, where the legal authorization decides and either refusal holds back; 5.5 for the others, where the mean
 * decides alone (D-13). Mailings for partners need the partners' authorization besides. None for purchase information (F41).
 */
function consentsOf({
  channel,
  isPurchaseInformation,
  isForBusinessContacts,
  authorization,
}: GatedCampaign): Consent[] {
  if (!sendsMessages(channel)) return [];
  const { mean } = channels[channel];
  if (authorization && authorization !== AuthorizationCode.INSTITUTION_EMAIL) {
    return [
      { code: authorization, mayBeEmpty: false },
      { code: mean, mayBeEmpty: channel === "EMAIL" },
    ];
  }
  if (isPurchaseInformation) return [];
  if (channel !== "EMAIL") return [{ code: mean, mayBeEmpty: false }];
  return [
    { code: AuthorizationCode.INSTITUTION_EMAIL, mayBeEmpty: isForBusinessContacts },
    { code: mean, mayBeEmpty: true },
  ];
}

/** G6. Any FALSE wins over any EMPTY. */
function consentGates(campaign: GatedCampaign, alias: string): Gate[] {
  const consents = consentsOf(campaign);
  const refused = [...refusals(consents, alias), ...refusalOfAddress(campaign, consents, alias)];
  const missing = consents
    .filter(({ mayBeEmpty }) => !mayBeEmpty)
    .map(({ code }) => `${alias}.${authorizationColumns[code]} IS NULL`);
  return [
    ...(refused.length > 0 ? [[refused.join(" OR "), "CONSENT_REFUSED"] as const] : []),
    ...(missing.length > 0 ? [[missing.join(" OR "), "CONSENT_MISSING"] as const] : []),
  ];
}

function refusals(consents: readonly Consent[], alias: string): string[] {
  return consents.map(({ code }) => `${alias}.${authorizationColumns[code]} IS FALSE`);
}

function refusalOfAddress(campaign: GatedCampaign, consents: readonly Consent[], alias: string): string[] {
  if (!countsForAddress(campaign, consents)) return [];
  return [`EXISTS (SELECT FROM marketing.contact_marketing also WHERE ${refusing(consents, `${alias}.email_hash`)})`];
}

const countsForAddress = ({ refusalByAddress, channel }: GatedCampaign, consents: readonly Consent[]) =>
  refusalByAddress === true && channel === "EMAIL" && consents.length > 0;

/** Of those whom the caller sees, whatever else is true of them: a refusal does not end with a file. */
const refusing = (consents: readonly Consent[], emailHash: string) =>
  `${seen("also")} AND also.email_hash = ${emailHash} AND (${refusals(consents, "also").join(" OR ")})`;

/**
 * Whose refusal holds back everybody with an e-mail address, as a condition on `also`, a row of
 * `marketing.contact_marketing`; null where nobody else's counts (Q-14).
 * @param emailHash as SQL
 */
export function refusingWith(campaign: GatedCampaign, emailHash: string): string | null {
  const consents = consentsOf(campaign);
  return countsForAddress(campaign, consents) ? refusing(consents, emailHash) : null;
}

/**
 * The code of the authorization that G6 went by, as SQL: of a refusal the one that is FALSE, else of what is missing, else
 * the first one that was asked for. NULL when consent is not asked for.
 */
export function decidingCode(campaign: GatedCampaign, alias: string): string {
  const consents = consentsOf(campaign);
  const [first] = consents;
  if (!first) return "NULL::text";
  const when = (test: string, code: AuthorizationCode) =>
    `WHEN ${alias}.${authorizationColumns[code]} ${test} THEN '${code}'`;
  const cases = [
    ...consents.map(({ code }) => when("IS FALSE", code)),
    ...consents.filter(({ mayBeEmpty }) => !mayBeEmpty).map(({ code }) => when("IS NULL", code)),
  ];
  return `CASE ${cases.join(" ")} ELSE '${first.code}' END`;
}

/** The code that a recipient of such a campaign withdraws; null where consent is not asked for. */
export function withdrawnBy(campaign: GatedCampaign): AuthorizationCode | null {
  return consentsOf(campaign)[0]?.code ?? null;
}
