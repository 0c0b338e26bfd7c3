import { registerEnumType } from "type-graphql";

/** The seven authorizations, in the order in which they are shown: three legal ones, then the communication means. */
export enum AuthorizationCode {
  INSTITUTION_EMAIL = "INSTITUTION_EMAIL",
  THIRD_PARTY_TRANSFER = "THIRD_PARTY_TRANSFER",
  PARTNER_COMMUNICATION = "PARTNER_COMMUNICATION",
  EMAIL = "EMAIL",
  SMS = "SMS",
  PHONE = "PHONE",
  LETTER = "LETTER",
}
registerEnumType(AuthorizationCode, {
  name: "AuthorizationCode",
  description: "What a contact may authorize.",
  valuesConfig: {
    INSTITUTION_EMAIL: { description: "Legal: marketing e-mails of the institution." },
    THIRD_PARTY_TRANSFER: { description: "Legal: handing his data on to third parties." },
    PARTNER_COMMUNICATION: { description: "Legal: communication of partners." },
    EMAIL: { description: "Communication mean: e-mail." },
    SMS: { description: "Communication mean: SMS and MMS." },
    PHONE: { description: "Communication mean: telephone." },
    LETTER: { description: "Communication mean: letter." },
  },
});

export enum AuthorizationValue {
  TRUE = "TRUE",
  FALSE = "FALSE",
  EMPTY = "EMPTY",
}
registerEnumType(AuthorizationValue, {
  name: "AuthorizationValue",
  description: "What a contact said. Saying nothing is not refusing.",
  valuesConfig: {
    TRUE: { description: "He agreed." },
    FALSE: { description: "He refused." },
    EMPTY: { description: "Nothing is known: neither agreed nor refused." },
  },
});

export const authorizationCodes: readonly AuthorizationCode[] = Object.values(AuthorizationCode);

/** As the database keeps it: null is EMPTY. */
export type StoredAuthorization = boolean | null;

export function storedAuthorization(value: AuthorizationValue): StoredAuthorization {
  return value === AuthorizationValue.EMPTY ? null : value === AuthorizationValue.TRUE;
}

export function authorizationValue(stored: StoredAuthorization): AuthorizationValue {
  if (stored === null) return AuthorizationValue.EMPTY;
  return stored ? AuthorizationValue.TRUE : AuthorizationValue.FALSE;
}
