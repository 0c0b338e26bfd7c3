import type { ExclusionReason, GatedCampaign } from "../../../src/marketing/gates/gates.js";
import type { ShipmentChannel } from "../../../src/platform/ports.js";

export type Value = "TRUE" | "FALSE" | "EMPTY";
type Outcome = "SEND" | ExclusionReason;

/** A contact as the tables of 5.3 to 5.6 describe him. */
export interface Case {
  readonly legal: Value;
  readonly email: Value;
  readonly sms: Value;
  readonly phone: Value;
  readonly letter: Value;
  readonly end: "NONE" | "TOMORROW" | "TODAY" | "YESTERDAY";
  readonly isAnonymized: boolean;
  readonly bounce: "NONE" | "SOFT" | "HARD";
  readonly isReachable: boolean;
}

/** 5.4, line by line: legal, mean; then another type than purchase information, without and with the B2B option. */
const emailTable: Readonly<Record<`${Value} ${Value}`, readonly [plain: Outcome, business: Outcome]>> = {
  "TRUE TRUE": ["SEND", "SEND"],
  "TRUE EMPTY": ["SEND", "SEND"],
  "TRUE FALSE": ["CONSENT_REFUSED", "CONSENT_REFUSED"],
  "EMPTY TRUE": ["CONSENT_MISSING", "SEND"],
  "EMPTY EMPTY": ["CONSENT_MISSING", "SEND"],
  "EMPTY FALSE": ["CONSENT_REFUSED", "CONSENT_REFUSED"],
  "FALSE TRUE": ["CONSENT_REFUSED", "CONSENT_REFUSED"],
  "FALSE EMPTY": ["CONSENT_REFUSED", "CONSENT_REFUSED"],
  "FALSE FALSE": ["CONSENT_REFUSED", "CONSENT_REFUSED"],
};

/** 5.5 */
const meanTable: Readonly<Record<Value, Outcome>> = {
  TRUE: "SEND",
  FALSE: "CONSENT_REFUSED",
  EMPTY: "CONSENT_MISSING",
};

const channels: readonly ShipmentChannel[] = ["EMAIL", "SMS", "PHONE", "LETTER", "ADVANTAGE", "WEB_LINK"];

export const campaigns: readonly GatedCampaign[] = channels.flatMap((channel) =>
  [true, false].flatMap((isPurchaseInformation) =>
    [true, false].map((isForBusinessContacts) => ({ channel, isPurchaseInformation, isForBusinessContacts })),
  ),
);

/** What the tables say, read from the top: the precedence is that of 5.2. */
export function expected(contact: Case, campaign: GatedCampaign): Outcome {
  const { channel, isPurchaseInformation, isForBusinessContacts } = campaign;
  if (contact.isAnonymized) return "ANONYMIZED";
  if (contact.end === "YESTERDAY") return "INVALID_CONTACT";
  if (channel === "ADVANTAGE" || channel === "WEB_LINK") return "SEND";
  if (!contact.isReachable) return "NO_ADDRESS";
  if (channel === "EMAIL" && contact.bounce === "HARD") return "HARD_BOUNCE";
  if (isPurchaseInformation) return "SEND";
  if (channel === "EMAIL") return emailTable[`${contact.legal} ${contact.email}`][isForBusinessContacts ? 1 : 0];
  return meanTable[{ SMS: contact.sms, PHONE: contact.phone, LETTER: contact.letter }[channel]];
}

const values: readonly Value[] = ["TRUE", "FALSE", "EMPTY"];

/** Every contact that there can be. */
export function allCases(): Case[] {
  let cases: Partial<Case>[] = [{}];
  const dimension = <Key extends keyof Case>(key: Key, options: readonly Case[Key][]) => {
    cases = cases.flatMap((each) => options.map((option) => ({ ...each, [key]: option })));
  };
  for (const key of ["legal", "email", "sms", "phone", "letter"] as const) dimension(key, values);
  dimension("end", ["NONE", "TOMORROW", "TODAY", "YESTERDAY"]);
  dimension("isAnonymized", [false, true]);
  dimension("bounce", ["NONE", "SOFT", "HARD"]);
  dimension("isReachable", [true, false]);
  return cases as Case[];
}
