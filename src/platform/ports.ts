import type { Caller, TokenClaims } from "./access/caller.js";
import type { RaisedLevels } from "./access/fields.js";
import type { OperationContext } from "./context.js";
import type { Sql } from "./database/sql.js";
import type { Problem } from "./errors/user-error.js";
import type { Eraser } from "./personal-data/index.js";

/** What a module does for the others beyond its published views. main.ts hands them in. */
export interface Ports {
  readonly marketing: MarketingPort;
  readonly history: HistoryPort;
  readonly privacy: PrivacyPort;
  /** Each module's part in erasing persons, in the order in which they lock their tables. */
  readonly erasers: readonly Eraser[];
}

export interface MarketingPort {
  /**
   * Copies what targeting needs of these contacts (level, validity, addresses by channel) into marketing's row.
   * In the transaction that changed them; makes the row of a new contact.
   */
  copyContacts(db: Sql, contactIds: readonly string[]): Promise<void>;
  /** Codes of the authorizations, in the order of the bits that stand for them: 1, 2, 4, … */
  readonly authorizationCodes: readonly string[];
  /**
   * Changes authorizations of many contacts at once, with the ledger and the rule of 5.4, in the transaction that has
   * locked these contacts and seen that they exist for its caller. What each shall become stands in a temporary table, one
   * row for a contact: `contact_id bigint`, and as bits (smallint) `agreed`, `refused`, `cleared`, and `unverified`, those
   * given without knowing what they replace; null there: a row that wishes nothing.
   */
  applyAuthorizationWish(db: Sql, wish: AuthorizationWish): Promise<void>;
  /** A target by its database id; null when there is none for this caller, such as one not shared with a partner. */
  findTarget(context: OperationContext, id: string): Promise<WantedTarget | null>;
  /**
   * Puts everybody whom a target has for this caller, at this moment, into the new temporary table `target_taken
   * (contact_id bigint)`. Invalid, anonymized and invisible contacts are not in it; authorizations decide nothing.
   * @returns why not: the caller may not ask the target's filter (any more)
   */
  takeTarget(context: OperationContext, db: Sql, id: string): Promise<readonly Problem[]>;
  /** Of these contacts (database ids), those whom a target has now that is shared with the caller, a partner. */
  sharedContacts(context: OperationContext, db: Sql, contactIds: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface AuthorizationWish {
  /** The import that wishes it: the ledger names it. */
  readonly jobId: string;
  /** Those that the wishes may name. */
  readonly codes: readonly string[];
  /** Where they stand: part of the program. */
  readonly table: string;
}

/** A target that somebody wants contacts of. */
export interface WantedTarget {
  readonly name: string;
  readonly isDynamic: boolean;
  /** Why the caller may not ask its filter; empty when he may. */
  readonly problems: readonly Problem[];
}

/** What was taken out of the system. */
export interface ExportRecord {
  /** Such as `ImportTemplate`, `Audience`: stands in the log for good, so nothing personal. */
  readonly subject: string;
  /** How many contacts were in it; null where that is not known yet. */
  readonly contactCount: number | null;
  /** Of an export about one contact: his database id. */
  readonly contactId?: string;
  /** Of the notice DATA_EXPORT that was shown for it. */
  readonly noticeVersion?: number;
  readonly requestId: string;
}

/** A setting that became another one. Values as the audit shows them. */
export interface SettingChange {
  /** With where it holds, such as `indicator.OPERA.SML.refresh`. */
  readonly setting: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export interface PrivacyPort {
  /** The rights in force, at most 30 s old; null when the institution or its operator is unknown or has left. */
  callerOf(claims: TokenClaims): Promise<Caller | null>;
  /** The levels that the institution raised, of this very moment. */
  raisedLevels(institutionId: number): Promise<RaisedLevels>;
  /** Writes who read these contacts, of level CONFIDENTIAL (database ids), into the access log. */
  recordReads(db: Sql, contactIds: readonly string[], requestId: string): Promise<void>;
  /** Writes an export of personal data into the access log. In the transaction that allows or makes it (F65). */
  recordExport(db: Sql, taken: ExportRecord): Promise<void>;
  /** Writes the audit of another module's settings, in the transaction that changes them. */
  recordSettings(db: Sql, changes: readonly SettingChange[]): Promise<void>;
}

export type ShipmentKind =
  | "CAMPAIGN"
  | "PURCHASE_INFORMATION"
  | "QUOTATION"
  | "INVOICE"
  | "TICKETS"
  | "REMINDER"
  | "PRIVACY_INFORMATION"
  | "OTHER";

export type ShipmentChannel = "EMAIL" | "SMS" | "LETTER" | "PHONE" | "ADVANTAGE" | "WEB_LINK";

/** A message or document on its way to one contact. */
export interface ShipmentRecord {
  /** Code of the organization that sends it; null: the institution itself, shown in every organization's list. */
  readonly organization: string | null;
  /** The sender's own number of it. What has it already is the same shipment. */
  readonly externalId: string;
  /** A higher one replaces what is recorded; 1 when left out. */
  readonly version?: number;
  /** Database id. */
  readonly contactId: string;
  readonly kind: ShipmentKind;
  readonly channel: ShipmentChannel;
  readonly subject?: string | null;
  /** The address or number that it goes to: personal data, erased with the contact. */
  readonly recipient?: string | null;
  readonly campaignId?: string | null;
  /** Database id. */
  readonly orderId?: string | null;
  readonly state: "QUEUED" | "SENT" | "FAILED";
  /** Now when left out. */
  readonly createdAt?: Date;
  readonly sentAt?: Date | null;
}

/** What became of a shipment. OPENED and FOLLOWED (a link in it) say that it arrived. */
export type ShipmentOutcome =
  | "FAILED"
  | "SENT"
  | "DELIVERED"
  | "SOFT_BOUNCED"
  | "OPENED"
  | "FOLLOWED"
  | "REFUSED"
  | "HARD_BOUNCED";

export interface ShipmentReport {
  /** Database id. */
  readonly shipmentId: string;
  readonly outcome: ShipmentOutcome;
  readonly at: Date;
  /** Where it went, and under which subject, when that was not known before. */
  readonly recipient?: string | null;
  readonly subject?: string | null;
}

export interface HistoryPort {
  /**
   * Puts shipments into their contacts' lists, with an interaction for each that was sent. Any number at once, in the
   * transaction that sends them; repeated, it changes nothing. Of contacts that the session does not see, none are written.
   * @returns the shipments' database ids in the order of the records; null for those that were not written
   */
  recordShipments(db: Sql, records: readonly ShipmentRecord[]): Promise<(string | null)[]>;
  /**
   * Takes in reports on delivery, in any order and as often as they come: of two on one shipment the higher stands, as
   * listed by {@link ShipmentOutcome}. Makes the interactions of those that were sent.
   * @returns the ids among the reports' that are shipments to contacts whom the session sees
   */
  updateShipmentStates(db: Sql, reports: readonly ShipmentReport[]): Promise<ReadonlySet<string>>;
  /** How many tickets and orders a clean-up before this day (YYYY-MM-DD) would change (domain 4.7). */
  countOldTickets(db: Sql, day: string): Promise<{ tickets: number; orders: number }>;
  /**
   * Takes away who holds the tickets that ended before the day, but for the country, and answers to questions for an
   * address; later versions of their orders fill nothing in again. Null behind the last ticket.
   */
  cleanTickets(db: Sql, range: CleanUpRange): Promise<CleanedRows | null>;
  /** Takes away the address that orders came from all of whose tickets ended before the day. Null behind the last order. */
  cleanAddresses(db: Sql, range: CleanUpRange): Promise<CleanedRows | null>;
}

/** The next rows behind one (database id), at most so many. */
export interface CleanUpRange {
  /** YYYY-MM-DD: what ended before it is old. */
  readonly day: string;
  readonly after: string;
  readonly limit: number;
}

export interface CleanedRows {
  /** Database id of the last row that was looked at. */
  readonly last: string;
  readonly cleaned: number;
}
