/** Who is named: by the opaque id of the contact, decoded, or by its number. Exactly one of them. */
export type ContactName =
  | { readonly id: string; readonly number: null }
  | { readonly id: null; readonly number: string };

interface RecordBase {
  /** Code of the organization whose record it is. */
  readonly organization: string;
  /** Code, order number or external id: with organization and kind, what the record is known by. */
  readonly key: string;
  /** Of two versions the higher one stands, in whatever order they come. */
  readonly version: number;
}

export interface SeasonRecord extends RecordBase {
  readonly kind: "season";
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

export interface ProductRecord extends RecordBase {
  readonly kind: "product";
  readonly name: string;
  readonly productKind: string;
  readonly startsAt: Date | null;
  readonly validityEnd: string | null;
  /** Code of a season of the organization. */
  readonly season: string | null;
  /** Codes of products of the organization. */
  readonly parts: readonly string[];
}

export interface OrderRecord extends RecordBase {
  readonly kind: "order";
  readonly operationKind: string;
  readonly state: string;
  readonly orderedAt: Date;
  readonly purchaser: ContactName | null;
  readonly payer: ContactName | null;
  readonly currency: string;
  readonly total: string;
  readonly ipAddress: string | null;
  readonly remark: string | null;
  readonly lines: readonly LineRecord[];
}

export interface LineRecord {
  readonly lineNumber: number;
  readonly product: string;
  readonly quantity: number;
  readonly amount: string;
  readonly tariffCode: string | null;
  readonly isChildrenTariff: boolean;
  readonly tickets: readonly TicketRecord[];
}

export interface TicketRecord {
  readonly ticketNumber: number;
  /** Null: that of the line. */
  readonly product: string | null;
  readonly culturalContact: ContactName | null;
  readonly state: string;
  readonly returnedAt: Date | null;
  readonly price: string;
  readonly seat: string | null;
  readonly beneficiary: BeneficiaryRecord | null;
  readonly answers: readonly AnswerRecord[];
}

export interface BeneficiaryRecord {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly countryCode: string | null;
}

export interface AnswerRecord {
  readonly questionCode: string;
  readonly questionLabel: string | null;
  readonly questionType: string;
  readonly value: string;
}

export interface PaymentRecord extends RecordBase {
  readonly kind: "payment";
  /** Number of an order of the organization. */
  readonly order: string | null;
  readonly payer: ContactName;
  readonly paidAt: Date;
  readonly method: string;
  readonly amount: string;
  readonly currency: string;
}

export interface WaitingListEntryRecord extends RecordBase {
  readonly kind: "waitingListEntry";
  readonly contact: ContactName;
  readonly product: string;
  readonly quantity: number;
  readonly requestedAt: Date;
  readonly state: string;
}

export interface MembershipRecord extends RecordBase {
  readonly kind: "membership";
  readonly contact: ContactName;
  readonly product: string;
  readonly order: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly state: string;
}

export interface AdvantageRecord extends RecordBase {
  readonly kind: "advantage";
  readonly contact: ContactName;
  readonly code: string;
  readonly name: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly state: string;
}

export interface ShipmentRecord extends RecordBase {
  readonly kind: "shipment";
  readonly contact: ContactName;
  readonly shipmentKind: string;
  readonly channel: string;
  readonly subject: string | null;
  readonly recipient: string | null;
  readonly order: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly state: string;
  readonly responseCode: string | null;
}

/** One thing that a ticketing system knows, in one of its versions. */
export type HistoryRecord =
  | SeasonRecord
  | ProductRecord
  | OrderRecord
  | PaymentRecord
  | MembershipRecord
  | AdvantageRecord
  | WaitingListEntryRecord
  | ShipmentRecord;

export type RecordKind = HistoryRecord["kind"];

/** In an order in which each kind finds what it names. */
export const recordKinds = [
  "season",
  "product",
  "order",
  "payment",
  "membership",
  "advantage",
  "waitingListEntry",
  "shipment",
] as const satisfies readonly RecordKind[];

/** What is wrong with a record, and where in it. Nothing of its values. */
export interface RecordProblem {
  readonly code: string;
  /** Names of fields and indexes of lists, from the record's root. */
  readonly path: readonly string[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}
