import type { Caller, TokenClaims } from "./access/caller.js";
import type { RaisedLevels } from "./access/fields.js";
import type { Sql } from "./database/sql.js";

/** What a module does for the others beyond its published views. main.ts hands them in. */
export interface Ports {
  readonly marketing: MarketingPort;
  readonly privacy: PrivacyPort;
}

export interface MarketingPort {
  /**
   * Copies what targeting needs of these contacts (level, validity, addresses by channel) into marketing's row.
   * In the transaction that changed them; makes the row of a new contact.
   */
  copyContacts(db: Sql, contactIds: readonly string[]): Promise<void>;
}

export interface PrivacyPort {
  /** The rights in force, at most 30 s old; null when the institution or its operator is unknown or has left. */
  callerOf(claims: TokenClaims): Promise<Caller | null>;
  /** The levels that the institution raised, of this very moment. */
  raisedLevels(institutionId: number): Promise<RaisedLevels>;
}
