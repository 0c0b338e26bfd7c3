import type { ShipmentChannel } from "../../platform/ports.js";

/** What the gates ask of a campaign. */
export interface GatedCampaign {
  readonly channel: ShipmentChannel;
  /** PURCHASE_INFORMATION, the one type that consent does not hold back (F41). */
  readonly isPurchaseInformation: boolean;
  /** By e-mail, lets through who never said anything (5.4). Nothing else, and nothing for purchase information. */
  readonly isForBusinessContacts: boolean;
}

/** Why a contact receives nothing: the first gate of 5.2 that he does not pass. */
export type ExclusionReason =
  | "ANONYMIZED"
  | "INVALID_CONTACT"
  | "NO_ADDRESS"
  | "HARD_BOUNCE"
  | "CONSENT_REFUSED"
  | "CONSENT_MISSING";

/** Aliases of rows of `marketing.contact_marketing`, and the day of the institution as SQL. */
export interface GatedRows {
  /** The contact that is targeted. */
  readonly target: string;
  /** Who receives it: the contact himself, or a structure's primary relay; a row of nulls when it has none. */
  readonly recipient: string;
  /** `platform.today()` when left out; a parameter is faster for many rows. */
  readonly today?: string;
}

type MessageChannel = Exclude<ShipmentChannel, "ADVANTAGE" | "WEB_LINK">;

/** What a channel needs (G4), and whose TRUE lets other campaigns than purchase information pass (5.5). */
const channels: Readonly<Record<MessageChannel, { readonly address: string; readonly mean: string }>> = {
  EMAIL: { address: "has_email", mean: "email" },
  SMS: { address: "has_mobile", mean: "sms" },
  PHONE: { address: "has_phone", mean: "phone" },
  LETTER: { address: "has_postal_address", mean: "letter" },
};

type Gate = readonly [condition: string, reason: ExclusionReason];

/**
 * The gates G2 to G6 as one SQL expression: the first reason why a contact receives nothing, or NULL for SEND. G1 is the
 * visibility of the rows, G7 needs the whole run. Deciding anew, such as for each chunk, is asking again: no copy of what
 * it reads is older than the transaction (5.7).
 * Source: domain 5.2 to 5.6; D-10 (hard bounces hold back purchase information too), D-13 (SMS, calls and letters do not
 * ask for INSTITUTION_EMAIL)
 */
export function exclusionReason(campaign: GatedCampaign, rows: GatedRows): string {
  const gates = [...stateGates(rows.target, rows.today), ...messageGates(campaign, rows)];
  return `CASE ${gates.map(([condition, reason]) => `WHEN ${condition} THEN '${reason}'`).join(" ")} END`;
}

/** G2 and G3. A contact is valid through the whole of his last day (D-07). */
function stateGates(alias: string, today = "platform.today()"): Gate[] {
  return [
    [`${alias}.anonymized_at IS NOT NULL`, "ANONYMIZED"],
    [`${alias}.validity_end_date < ${today}`, "INVALID_CONTACT"],
  ];
}

/** Advantages and web links send no message: neither address nor consent is asked for. */
function messageGates(campaign: GatedCampaign, { target, recipient, today }: GatedRows): Gate[] {
  const { channel, isPurchaseInformation } = campaign;
  if (channel === "ADVANTAGE" || channel === "WEB_LINK") return [];
  return [
    ...(recipient === target ? [] : stateGates(recipient, today)),
    [`${recipient}.${channels[channel].address} IS NOT TRUE`, "NO_ADDRESS"],
    ...(channel === "EMAIL" ? [[`${recipient}.bounce_status = 2`, "HARD_BOUNCE"] as const] : []),
    ...(isPurchaseInformation ? [] : consentGates(channel, campaign, recipient)),
  ];
}

/** G6: 5.4 for e-mail, where the legal authorization decides and either refusal holds back; 5.5 for the others. */
function consentGates(channel: MessageChannel, { isForBusinessContacts }: GatedCampaign, alias: string): Gate[] {
  const mean = `${alias}.${channels[channel].mean}`;
  if (channel !== "EMAIL") return [refused(`${mean} IS FALSE`), missing(`${mean} IS NULL`)];
  const legal = `${alias}.institution_email`;
  const refusal = refused(`${legal} IS FALSE OR ${mean} IS FALSE`);
  return isForBusinessContacts ? [refusal] : [refusal, missing(`${legal} IS NULL`)];
}

const refused = (condition: string): Gate => [condition, "CONSENT_REFUSED"];
const missing = (condition: string): Gate => [condition, "CONSENT_MISSING"];
