/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The lines of an address. */
export type AddressInput = {
  /** ISO 3166-1 alpha-2 code, such as `CH`; left out: the institution's country. */
  country?: string | null | undefined;
  /** What it is for. */
  kind: AddressKind;
  /** Post code. Up to 10 characters. */
  postcode?: string | null | undefined;
  /** First line: street and number. Up to 100 characters. */
  street1?: string | null | undefined;
  /** Second line. Up to 100 characters. */
  street2?: string | null | undefined;
  /** Third line. Up to 100 characters. */
  street3?: string | null | undefined;
  /** Town. Up to 60 characters. */
  town?: string | null | undefined;
};

/** What an address is for. A contact has at most one of each kind. */
export type AddressKind =
  /** Where tickets and parcels go. */
  | 'DELIVERY'
  /** Where invoices go. */
  | 'INVOICE'
  /** Where the contact lives or has its seat. */
  | 'MAIN';

/** What a contact may authorize. */
export type AuthorizationCode =
  /** Communication mean: e-mail. */
  | 'EMAIL'
  /** Legal: marketing e-mails of the institution. */
  | 'INSTITUTION_EMAIL'
  /** Communication mean: letter. */
  | 'LETTER'
  /** Legal: communication of partners. */
  | 'PARTNER_COMMUNICATION'
  /** Communication mean: telephone. */
  | 'PHONE'
  /** Communication mean: SMS and MMS. */
  | 'SMS'
  /** Legal: handing his data on to third parties. */
  | 'THIRD_PARTY_TRANSFER';

/** What an authorization shall become. */
export type AuthorizationInput = {
  /** Which. Each at most once. */
  code: AuthorizationCode;
  /** What the contact said; `EMPTY` forgets what he said. */
  value: AuthorizationValue;
  /** The text that the person agreed to or refused, for the ledger. */
  wording?: ShownWordingInput | null | undefined;
};

/** What a contact said. Saying nothing is not refusing. */
export type AuthorizationValue =
  /** Nothing is known: neither agreed nor refused. */
  | 'EMPTY'
  /** He refused. */
  | 'FALSE'
  /** He agreed. */
  | 'TRUE';

/** What became of e-mails to the contact's address. */
export type BounceStatus =
  /** The address is invalid or does not exist. */
  | 'HARD'
  /** No bounce is known. */
  | 'NONE'
  /** An automatic reply came that could not be interpreted, or a temporary failure. */
  | 'SOFT';

/** What kind of caller a token stands for. */
export type CallerKind =
  /** An internet user, who sees his own file. */
  | 'CONTACT'
  /** A back-office user. */
  | 'OPERATOR'
  /** Somebody outside who works on what is shared with him. */
  | 'PARTNER'
  /** Another system, such as the audience management or the ticketing. */
  | 'SERVICE';

/** How confidential a contact or a field is, and how far an operator may see: FREE < RESTRICTED < CONFIDENTIAL. */
export type ConfidentialityLevel =
  /** Only for callers cleared for CONFIDENTIAL. */
  | 'CONFIDENTIAL'
  /** Open to every caller. The level of all new contacts. */
  | 'FREE'
  /** Only for callers cleared for RESTRICTED or CONFIDENTIAL. */
  | 'RESTRICTED';

/** How two contacts are linked. */
export type ConnectionType =
  /** `from` is a member of the structure `to`. */
  | 'MEMBER_OF'
  /** `from` is a relay of the structure `to`. */
  | 'RELAY_OF'
  /** `from` is under `to`, its parent individual or mother structure. */
  | 'SUBSIDIARY_OF';

/** What a contact is for the institution. */
export type ContactRole =
  /** Works under contract. */
  | 'CONTRACTOR'
  /** Exhibits at the institution. */
  | 'EXHIBITOR'
  /** Guides visitors. */
  | 'GUIDE'
  /** Listed as staff of a structure, not its relay. */
  | 'MEMBER'
  /** A partner organization. */
  | 'PARTNER'
  /** Produces shows. */
  | 'PRODUCER'
  /** A private person with no relation to another contact. */
  | 'PUBLIC'
  /** The professional point of contact of one structure. */
  | 'RELAY'
  /** An individual under a parent individual, or a structure under a mother structure. */
  | 'SUBSIDIARY'
  /** Supplies goods or services. */
  | 'SUPPLIER'
  /** Supports the institution. */
  | 'SUPPORT';

/** Civility of an individual. */
export type ContactTitle =
  /** Miss. */
  | 'MISS'
  /** Mister. */
  | 'MR'
  /** Missis. */
  | 'MRS'
  /** Mister and Missis: one file for a couple. */
  | 'MR_AND_MRS'
  /** Not known, or not wished. */
  | 'UNDEFINED';

/** What kind of person a contact is. */
export type ContactType =
  /** A natural person. */
  | 'INDIVIDUAL'
  /** A legal person: company, school, association. */
  | 'STRUCTURE';

/** A new contact. Its confidentiality level is FREE and its role PUBLIC. */
export type CreateContactInput = {
  /** At most one address of each kind. */
  addresses?: Array<AddressInput> | null | undefined;
  /** Birth date, not in the future. Individuals only. */
  birthDate?: string | null | undefined;
  /** True creates the contact although others look like it. Otherwise nothing is created then, and they are answered. */
  createDespiteDuplicates?: boolean | null | undefined;
  /** What the contact has for criteria. A compulsory one that is left out is warned of. */
  criteria?: Array<CriterionInput> | null | undefined;
  /** The seat that suits the contact. Individuals only. */
  disabilityType?: DisabilityType | null | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** First name. Individuals only. Up to 100 characters, no digits. */
  firstName?: string | null | undefined;
  /** Repeating a mutation with the same key and input within 72 hours changes nothing and answers again. Up to 200 characters. */
  idempotencyKey?: string | null | undefined;
  /** ISO 639-1 code, such as `fr`. */
  language?: string | null | undefined;
  /** Last name. An individual must have one. Up to 100 characters, no digits. */
  lastName?: string | null | undefined;
  /** Mobile telephone number, as it is written. */
  mobile?: string | null | undefined;
  /** Telephone number, as it is written. */
  phone?: string | null | undefined;
  /** Number of the file in a previous system. Up to 60 characters; leading zeros count. */
  referenceCode?: string | null | undefined;
  /** Free text, up to 2000 characters. Show the notice FREE_TEXT_CONTENT to who writes it. */
  remark?: string | null | undefined;
  /** Name of the structure. A structure must have one. Up to 100 characters. */
  structureName?: string | null | undefined;
  /** Civility. Individuals only. */
  title?: ContactTitle | null | undefined;
  /** Individual or structure. */
  type: ContactType;
};

/** What a contact shall have for one criterion: exactly one of values, yesNo, text and clear. */
export type CriterionInput = {
  /** True takes the value away. */
  clear?: boolean | null | undefined;
  /** Code of the criterion. */
  code: string;
  /** Of a free text: up to 2000 characters, trimmed. A blank one clears; the text Empty is refused. */
  text?: string | null | undefined;
  /** Of a list: internal codes, never labels. They replace what the contact has, in no order; none at all clears. */
  values?: Array<string> | null | undefined;
  /** Of a yes or no. */
  yesNo?: boolean | null | undefined;
};

/** The seat that suits a contact. Says nothing of a disability's nature; no value is ever added. */
export type DisabilityType =
  /** A seat near the stage. */
  | 'NEAR_STAGE'
  /** Any seat. */
  | 'NONE'
  /** A seat at the end of a row. */
  | 'ROW_END'
  /** A place for a wheelchair. */
  | 'WHEELCHAIR'
  /** An accessible seat, without a wheelchair. */
  | 'WITHOUT_WHEELCHAIR';

/** What is done with a file. */
export type ImportMode =
  /** Everything but writing: the rows say what would become of them. */
  | 'CHECK'
  /** Good rows are written, bad ones reported. */
  | 'UPDATE';

/** What is done with a row whose contact exists. */
export type ImportOnMatch =
  /** Nothing. */
  | 'SKIP'
  /** The contact is changed: a blank cell keeps, `Empty` clears an optional field. */
  | 'UPDATE';

/** What a file brings. */
export type ImportType =
  /** What contacts authorize, found by their id or number. */
  | 'AUTHORIZATIONS'
  /** Contacts, found by their e-mail address. */
  | 'CONTACTS'
  /** Values of criteria, for contacts found by their id or number. */
  | 'CRITERIA';

/** Where a job stands. */
export type JobStatus =
  /** Was ended by a caller. What was written until then stays. */
  | 'CANCELLED'
  /** Everything was dealt with, nothing has an error. */
  | 'DONE'
  /** Everything was dealt with; some of it has errors. */
  | 'DONE_WITH_ERRORS'
  /** The file as a whole was refused, or the job could not go on: see `fileError`. */
  | 'FAILED'
  /** Waits for a worker. */
  | 'QUEUED'
  /** Is at work. Also while it waits to be resumed after its process died. */
  | 'RUNNING'
  /** Had ended, and is being undone. Imports only. */
  | 'UNDOING'
  /** Was undone, as far as that was possible. Imports only. */
  | 'UNDONE';

/** How firm an order is. */
export type OperationKind =
  /** Seats held for a while. */
  | 'OPTION'
  /** Reserved, not paid yet. */
  | 'RESERVATION'
  /** Sold. */
  | 'SALE';

/** How something was paid. */
export type PaymentMethod =
  /** By a credit or debit card. */
  | 'CARD'
  /** In cash. */
  | 'CASH'
  /** Against an invoice. */
  | 'INVOICE'
  /** In another way. */
  | 'OTHER'
  /** By bank transfer. */
  | 'TRANSFER'
  /** With a voucher. */
  | 'VOUCHER';

/** Which authorizations of which contact to set. */
export type SetAuthorizationsInput = {
  /** At least one. Those that are not named stay as they are. */
  authorizations: Array<AuthorizationInput>;
  /** The contact, an individual. */
  contactId: string | number;
  /** Repeating a mutation with the same key and input within 72 hours changes nothing and answers again. Up to 200 characters. */
  idempotencyKey?: string | null | undefined;
};

/** The wording that the person was shown. Of the code that it stands beside. */
export type ShownWordingInput = {
  /** Its language: en, fr or es. */
  locale: string;
  /** Its version in that language. */
  version: number;
};

/** A file and what to do with it. */
export type StartImportInput = {
  /** Of an update: the `planHash` of a check of the same file. Rows that are still as they were then are written, the others are conflicts. */
  approvedPlanHash?: string | null | undefined;
  /** A CSV file as spreadsheets save it: UTF-8, UTF-16 or Windows-1252; semicolon, comma or tab; or a zip with one such file. Up to 1 GiB. */
  file: Blob;
  /** Repeating a mutation with the same key and input within 72 hours changes nothing and answers again. Up to 200 characters. */
  idempotencyKey?: string | null | undefined;
  /** Check or update. */
  mode: ImportMode;
  /** An e-mail address that is told when it has ended, and when it was undone: how many rows, nothing of anybody in it. */
  notifyEmail?: string | null | undefined;
  /** Of contacts, what to do with a row whose e-mail address a contact has. */
  onMatch?: ImportOnMatch;
  /** Code of the organization that it is made for, one of the caller's; all of them when left out. */
  organizationId?: string | null | undefined;
  /** What the file brings. */
  type: ImportType;
};

/** What became of a ticket. */
export type TicketState =
  /** It was cancelled, or its order expired or was cancelled as a whole. */
  | 'CANCELLED'
  /** The contact gave it back. */
  | 'RETURNED'
  /** It counts. */
  | 'VALID';

export type CreateContactMutationVariables = Exact<{
  input: CreateContactInput;
}>;


export type CreateContactMutation = { createContact: { contact: { id: string, contactNumber: string, version: number } | null, userErrors: Array<{ code: string, field: Array<string>, message: string, elementIndex: number | null }>, warnings: Array<{ code: string, message: string }> } };

export type FindContactsQueryVariables = Exact<{
  name: string;
  first: number;
  after?: string | null | undefined;
}>;


export type FindContactsQuery = { searchContacts: { nodes: Array<{ id: string, contactNumber: string, type: ContactType, displayName: string | null, email: string | null, isValid: boolean }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type FollowImportQueryVariables = Exact<{
  id: string | number;
}>;


export type FollowImportQuery = { importJob: { status: JobStatus, progress: number, counters: { total: number, processed: number, created: number, updated: number, errors: number }, fileError: { code: string, message: string } | null, rows: { nodes: Array<{ line: number, problems: Array<{ column: string | null, code: string, message: string }> }> } } | null };

export type OpenContactFileQueryVariables = Exact<{
  id: string | number;
  from: string;
  to: string;
}>;


export type OpenContactFileQuery = { contact: { id: string, contactNumber: string, type: ContactType, title: ContactTitle | null, displayName: string | null, email: string | null, phone: string | null, mobile: string | null, birthDate: string | null, confidentialityLevel: ConfidentialityLevel, isValid: boolean, version: number, roles: Array<ContactRole> | null, bounceStatus: BounceStatus | null, addresses: Array<{ kind: AddressKind, street1: string | null, street2: string | null, street3: string | null, postcode: string | null, town: string | null, country: string | null }> | null, connections: { nodes: Array<{ type: ConnectionType, from: { id: string, displayName: string | null }, to: { id: string, displayName: string | null } }> } | null, authorizations: Array<{ code: AuthorizationCode, value: AuthorizationValue }> | null, purchaseHistory: { nodes: Array<{ orderNumber: string | null, orderedAt: string | null, operationKind: OperationKind | null, total: string | null, currency: string | null, lines: Array<{ quantity: number | null, amount: string | null, product: { name: string | null, startsAt: string | null } | null, tickets: Array<{ state: TicketState | null, seat: string | null, culturalContact: { id: string, displayName: string | null } | null }> | null }> | null }> } | null, financialHistory: { nodes: Array<{ paidAt: string | null, method: PaymentMethod | null, amount: string | null, currency: string | null }> } | null, audit: { nodes: Array<{ at: string, actor: string, field: string, oldValue: string | null, newValue: string | null }> } | null, redactions: Array<{ field: string, requiredClearance: ConfidentialityLevel, requiredPermission: string | null }> } | null };

export type SetAuthorizationsMutationVariables = Exact<{
  input: SetAuthorizationsInput;
}>;


export type SetAuthorizationsMutation = { setAuthorizations: { contact: { id: string, authorizations: Array<{ code: AuthorizationCode, value: AuthorizationValue }> | null } | null, userErrors: Array<{ code: string, field: Array<string>, message: string, elementIndex: number | null }>, warnings: Array<{ code: string, message: string }> } };

export type StartImportMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type StartImportMutation = { startImport: { importJob: { id: string, status: JobStatus } | null, userErrors: Array<{ code: string, field: Array<string>, message: string }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { login: string, kind: CallerKind, institution: string, organizations: Array<string>, permissions: Array<string>, clearance: ConfidentialityLevel, locale: string } };


export const CreateContactDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateContact"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"contactNumber"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"elementIndex"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<CreateContactMutation, CreateContactMutationVariables>;
export const FindContactsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FindContacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"searchContacts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"contactNumber"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"isValid"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<FindContactsQuery, FindContactsQueryVariables>;
export const FollowImportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"FollowImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importJob"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"progress"}},{"kind":"Field","name":{"kind":"Name","value":"counters"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"processed"}},{"kind":"Field","name":{"kind":"Name","value":"created"}},{"kind":"Field","name":{"kind":"Name","value":"updated"}},{"kind":"Field","name":{"kind":"Name","value":"errors"}}]}},{"kind":"Field","name":{"kind":"Name","value":"fileError"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"rows"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"outcome"},"value":{"kind":"EnumValue","value":"ERROR"}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"line"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"column"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<FollowImportQuery, FollowImportQueryVariables>;
export const OpenContactFileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"OpenContactFile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"from"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"to"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"contactNumber"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"mobile"}},{"kind":"Field","name":{"kind":"Name","value":"birthDate"}},{"kind":"Field","name":{"kind":"Name","value":"confidentialityLevel"}},{"kind":"Field","name":{"kind":"Name","value":"isValid"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"addresses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"street1"}},{"kind":"Field","name":{"kind":"Name","value":"street2"}},{"kind":"Field","name":{"kind":"Name","value":"street3"}},{"kind":"Field","name":{"kind":"Name","value":"postcode"}},{"kind":"Field","name":{"kind":"Name","value":"town"}},{"kind":"Field","name":{"kind":"Name","value":"country"}}]}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"from"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"to"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"authorizations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}},{"kind":"Field","name":{"kind":"Name","value":"bounceStatus"}},{"kind":"Field","name":{"kind":"Name","value":"purchaseHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderNumber"}},{"kind":"Field","name":{"kind":"Name","value":"orderedAt"}},{"kind":"Field","name":{"kind":"Name","value":"operationKind"}},{"kind":"Field","name":{"kind":"Name","value":"total"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"product"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tickets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"seat"}},{"kind":"Field","name":{"kind":"Name","value":"culturalContact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"financialHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paidAt"}},{"kind":"Field","name":{"kind":"Name","value":"method"}},{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"audit"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"from"},"value":{"kind":"Variable","name":{"kind":"Name","value":"from"}}},{"kind":"Argument","name":{"kind":"Name","value":"to"},"value":{"kind":"Variable","name":{"kind":"Name","value":"to"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"actor"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"oldValue"}},{"kind":"Field","name":{"kind":"Name","value":"newValue"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"redactions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"requiredClearance"}},{"kind":"Field","name":{"kind":"Name","value":"requiredPermission"}}]}}]}}]}}]} as unknown as DocumentNode<OpenContactFileQuery, OpenContactFileQueryVariables>;
export const SetAuthorizationsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetAuthorizations"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SetAuthorizationsInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setAuthorizations"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"authorizations"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"elementIndex"}}]}},{"kind":"Field","name":{"kind":"Name","value":"warnings"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SetAuthorizationsMutation, SetAuthorizationsMutationVariables>;
export const StartImportDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"StartImport"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"StartImportInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startImport"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"importJob"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"field"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<StartImportMutation, StartImportMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"login"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"institution"}},{"kind":"Field","name":{"kind":"Name","value":"organizations"}},{"kind":"Field","name":{"kind":"Name","value":"permissions"}},{"kind":"Field","name":{"kind":"Name","value":"clearance"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}}]}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;