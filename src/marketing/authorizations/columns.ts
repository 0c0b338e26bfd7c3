import { AuthorizationCode, authorizationCodes } from "./authorization.js";

/** Where `marketing.contact_marketing` keeps what a contact authorizes. */
export const authorizationColumns: Readonly<Record<AuthorizationCode, string>> = {
  [AuthorizationCode.INSTITUTION_EMAIL]: "institution_email",
  [AuthorizationCode.THIRD_PARTY_TRANSFER]: "third_party_transfer",
  [AuthorizationCode.PARTNER_COMMUNICATION]: "partner_communication",
  [AuthorizationCode.EMAIL]: "email",
  [AuthorizationCode.SMS]: "sms",
  [AuthorizationCode.PHONE]: "phone",
  [AuthorizationCode.LETTER]: "letter",
};

/** The seven columns of a row as an array, in the order of the codes. */
export function authorizationsOf(alias: string): string {
  return `ARRAY[${authorizationCodes.map((code) => `${alias}.${authorizationColumns[code]}`).join(", ")}]`;
}
