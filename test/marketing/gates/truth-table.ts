import { AuthorizationCode } from "../../../src/marketing/authorizations/authorization.js";
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

/** What he says of partners' messages, and of third parties: what he says of letters, and of SMS. So all come together. */
export const partnersOf = ({ letter, sms }: Case) => ({ partners: letter, thirdParties: sms });

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

const own: readonly GatedCampaign[] = channels.flatMap((channel) =>
  [true, false].flatMap((isPurchaseInformation) =>
    [true, false].map((isForBusinessContacts) => ({ channel, isPurchaseInformation, isForBusinessContacts })),
  ),
);
const { INSTITUTION_EMAIL, PARTNER_COMMUNICATION, THIRD_PARTY_TRANSFER } = AuthorizationCode;

export const campaigns: readonly GatedCampaign[] = [
  ...own,
  ...own.filter(({ channel }) => channel === "EMAIL").map((each) => ({ ...each, authorization: INSTITUTION_EMAIL })),
  ...own.map((each) => ({ ...each, authorization: PARTNER_COMMUNICATION })),
  ...own.map((each) => ({ ...each, authorization: THIRD_PARTY_TRANSFER })),
];

/** What the tables say, read from the top: the precedence is that of 5.2. */
export function expected(contact: Case, campaign: GatedCampaign): Outcome {
  const { channel, isPurchaseInformation, isForBusinessContacts } = campaign;
  if (contact.isAnonymized) return "ANONYMIZED";
  if (contact.end === "YESTERDAY") return "INVALID_CONTACT";
  if (channel === "ADVANTAGE" || channel === "WEB_LINK") return "SEND";
  if (!contact.isReachable) return "NO_ADDRESS";
  if (channel === "EMAIL" && contact.bounce === "HARD") return "HARD_BOUNCE";
  if (campaign.authorization && campaign.authorization !== INSTITUTION_EMAIL) return forPartners(contact, campaign);
  if (isPurchaseInformation) return "SEND";
  if (channel === "EMAIL") return emailTable[`${contact.legal} ${contact.email}`][isForBusinessContacts ? 1 : 0];
  return meanTable[{ SMS: contact.sms, PHONE: contact.phone, LETTER: contact.letter }[channel]];
}

/** 5.5, last row: TRUE only. What the channel's mean refuses stays refused, and by other channels than e-mail it is needed. */
function forPartners(contact: Case, { channel, authorization }: GatedCampaign): Outcome {
  const { partners, thirdParties } = partnersOf(contact);
  const legal = authorization === PARTNER_COMMUNICATION ? partners : thirdParties;
  const { email, sms, phone, letter } = contact;
  const mean = { EMAIL: email === "EMPTY" ? "TRUE" : email, SMS: sms, PHONE: phone, LETTER: letter }[
    channel as string
  ]!;
  if (legal === "FALSE" || mean === "FALSE") return "CONSENT_REFUSED";
  return legal === "TRUE" && mean === "TRUE" ? "SEND" : "CONSENT_MISSING";
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
