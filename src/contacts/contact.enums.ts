import { registerEnumType } from "type-graphql";

export enum ContactType {
  INDIVIDUAL = "INDIVIDUAL",
  STRUCTURE = "STRUCTURE",
}
registerEnumType(ContactType, {
  name: "ContactType",
  description: "What kind of person a contact is.",
  valuesConfig: {
    INDIVIDUAL: { description: "A natural person." },
    STRUCTURE: { description: "A legal person: company, school, association." },
  },
});

export enum ContactRole {
  PUBLIC = "PUBLIC",
  RELAY = "RELAY",
  MEMBER = "MEMBER",
  SUBSIDIARY = "SUBSIDIARY",
  SUPPLIER = "SUPPLIER",
  GUIDE = "GUIDE",
  EXHIBITOR = "EXHIBITOR",
  PRODUCER = "PRODUCER",
  PARTNER = "PARTNER",
  CONTRACTOR = "CONTRACTOR",
  SUPPORT = "SUPPORT",
}
registerEnumType(ContactRole, {
  name: "ContactRole",
  description: "What a contact is for the institution.",
  valuesConfig: {
    PUBLIC: { description: "A private person with no relation to another contact." },
    RELAY: { description: "The professional point of contact of one structure." },
    MEMBER: { description: "Listed as staff of a structure, not its relay." },
    SUBSIDIARY: { description: "An individual under a parent individual, or a structure under a mother structure." },
    SUPPLIER: { description: "Supplies goods or services." },
    GUIDE: { description: "Guides visitors." },
    EXHIBITOR: { description: "Exhibits at the institution." },
    PRODUCER: { description: "Produces shows." },
    PARTNER: { description: "A partner organization." },
    CONTRACTOR: { description: "Works under contract." },
    SUPPORT: { description: "Supports the institution." },
  },
});

export enum AddressKind {
  MAIN = "MAIN",
  DELIVERY = "DELIVERY",
  INVOICE = "INVOICE",
}
registerEnumType(AddressKind, {
  name: "AddressKind",
  description: "What an address is for. A contact has at most one of each kind.",
  valuesConfig: {
    MAIN: { description: "Where the contact lives or has its seat." },
    DELIVERY: { description: "Where tickets and parcels go." },
    INVOICE: { description: "Where invoices go." },
  },
});

export enum ConnectionType {
  RELAY_OF = "RELAY_OF",
  MEMBER_OF = "MEMBER_OF",
  SUBSIDIARY_OF = "SUBSIDIARY_OF",
}
registerEnumType(ConnectionType, {
  name: "ConnectionType",
  description: "How two contacts are linked.",
  valuesConfig: {
    RELAY_OF: { description: "`from` is a relay of the structure `to`." },
    MEMBER_OF: { description: "`from` is a member of the structure `to`." },
    SUBSIDIARY_OF: { description: "`from` is under `to`, its parent individual or mother structure." },
  },
});

export enum ConnectionStatus {
  ACTIVE = "ACTIVE",
  INACTIVE = "INACTIVE",
}
registerEnumType(ConnectionStatus, {
  name: "ConnectionStatus",
  description: "Whether a link between two contacts counts.",
  valuesConfig: {
    ACTIVE: { description: "Both contacts are valid." },
    INACTIVE: { description: "The validity of one of them has ended." },
  },
});

export enum ContactTitle {
  MR = "MR",
  MRS = "MRS",
  MISS = "MISS",
  MR_AND_MRS = "MR_AND_MRS",
  UNDEFINED = "UNDEFINED",
}
registerEnumType(ContactTitle, {
  name: "ContactTitle",
  description: "Civility of an individual.",
  valuesConfig: {
    MR: { description: "Mister." },
    MRS: { description: "Missis." },
    MISS: { description: "Miss." },
    MR_AND_MRS: { description: "Mister and Missis: one file for a couple." },
    UNDEFINED: { description: "Not known, or not wished." },
  },
});

/** Five values that the data protection authority approved. There is no way to add one (F09). */
export enum DisabilityType {
  NONE = "NONE",
  ROW_END = "ROW_END",
  NEAR_STAGE = "NEAR_STAGE",
  WHEELCHAIR = "WHEELCHAIR",
  WITHOUT_WHEELCHAIR = "WITHOUT_WHEELCHAIR",
}
registerEnumType(DisabilityType, {
  name: "DisabilityType",
  description: "The seat that suits a contact. Says nothing of a disability's nature; no value is ever added.",
  valuesConfig: {
    NONE: { description: "Any seat." },
    ROW_END: { description: "A seat at the end of a row." },
    NEAR_STAGE: { description: "A seat near the stage." },
    WHEELCHAIR: { description: "A place for a wheelchair." },
    WITHOUT_WHEELCHAIR: { description: "An accessible seat, without a wheelchair." },
  },
});

export enum SearchContext {
  CONTACT_MODULE = "CONTACT_MODULE",
  SALES = "SALES",
}
registerEnumType(SearchContext, {
  name: "SearchContext",
  description: "Where a contact search is made from.",
  valuesConfig: {
    CONTACT_MODULE: { description: "The contact module." },
    SALES: { description: "A cart of the sales channel." },
  },
});
