import { registerEnumType } from "type-graphql";

export enum ErasureCertificateState {
  PENDING = "PENDING",
  COMPLETE = "COMPLETE",
}
registerEnumType(ErasureCertificateState, {
  name: "ErasureCertificateState",
  description: "Whether an erasure has been looked after.",
  valuesConfig: {
    PENDING: { description: "Erasing goes on, or the pass over the database has not been done yet." },
    COMPLETE: { description: "The pass is done: see what it found." },
  },
});

export enum ErasureFindingStore {
  TABLE = "TABLE",
  FILE = "FILE",
  MAIL = "MAIL",
}
registerEnumType(ErasureFindingStore, {
  name: "ErasureFindingStore",
  description: "Where something of an erased contact was found.",
  valuesConfig: {
    TABLE: { description: "In a column of a table." },
    FILE: { description: "In a stored file, or in one that is packed in it." },
    MAIL: { description: "In a mail that landed as a file." },
  },
});

export enum ErasedIdentifierKind {
  EMAIL = "EMAIL",
  PHONE = "PHONE",
  NAME = "NAME",
  REFERENCE = "REFERENCE",
  LOGIN = "LOGIN",
  DOCUMENT = "DOCUMENT",
  ALIAS = "ALIAS",
}
registerEnumType(ErasedIdentifierKind, {
  name: "ErasedIdentifierKind",
  description: "What leads to a person.",
  valuesConfig: {
    EMAIL: { description: "An e-mail address." },
    PHONE: { description: "A telephone number, in any notation." },
    NAME: { description: "First and last name together, in rows that are his." },
    REFERENCE: { description: "His reference code, or one by which ticketing knows him." },
    LOGIN: { description: "The login of his internet account." },
    DOCUMENT: { description: "The number of an identity document." },
    ALIAS: { description: "An alias of a means of payment." },
  },
});

export enum PersonalDataKind {
  IDENTITY = "IDENTITY",
  REACH = "REACH",
  ADDRESS = "ADDRESS",
  PLACE = "PLACE",
  PREFERENCE = "PREFERENCE",
  CONSENT = "CONSENT",
  TEXT = "TEXT",
  RECORD = "RECORD",
  LINK = "LINK",
  KEY = "KEY",
}
registerEnumType(PersonalDataKind, {
  name: "PersonalDataKind",
  description: "What a column tells of a person.",
  valuesConfig: {
    IDENTITY: { description: "Who he is: names, birth date, documents." },
    REACH: { description: "How he is reached, or logs in." },
    ADDRESS: { description: "Where he lives." },
    PLACE: { description: "Country, town, postcode." },
    PREFERENCE: { description: "What he wants, can, or is classified as." },
    CONSENT: { description: "What he agreed to or refused." },
    TEXT: { description: "Free text about him." },
    RECORD: { description: "What he did, bought or was sent." },
    LINK: { description: "That a row is about him." },
    KEY: { description: "Derived from another column, for finding him." },
  },
});
