import type { Logger } from "pino";
import type { Caller } from "./access/caller.js";
import { FieldAccess, type FieldCatalogue, type FieldReader, type RaisedLevels } from "./access/fields.js";
import { type Clock, dayIn } from "./clock.js";
import type { Pools } from "./database/pools.js";
import { ReadWaves } from "./database/read-waves.js";
import type { BulkSql, ChangeSource, Sql, SqlSession } from "./database/sql.js";
import { inBulkTransaction, inTransaction } from "./database/transaction.js";
import type { FileStore } from "./files/file-store.js";
import type { Locale } from "./i18n/locale.js";
import type { KeyRing } from "./key-ring.js";
import type { Links } from "./links/index.js";
import type { MailTransport } from "./mail/index.js";
import type { Ports } from "./ports.js";

/** What a process has one of. */
export interface Services {
  readonly pools: Pools;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalogue: FieldCatalogue;
  readonly ports: Ports;
  readonly files: FileStore;
  /** Takes over mails that the worker sends. */
  readonly mail: MailTransport;
  /** Key of the keyed hashes (idempotency, file references). */
  readonly secret: Buffer;
  /** Signed links in mails. */
  readonly links: Links;
  /** Seal the numbers of identity documents. */
  readonly identityKeys: KeyRing;
}

/** What one GraphQL operation brings. */
export interface Operation {
  readonly caller: Caller;
  readonly raisedLevels: RaisedLevels;
  readonly locale: Locale;
  readonly requestId: string;
  readonly signal?: AbortSignal;
}

const sourceOf: Record<Caller["kind"], ChangeSource> = {
  OPERATOR: "OPERATOR",
  CONTACT: "CONTACT",
  SERVICE: "API",
  PARTNER: "API",
};

/** One GraphQL operation, or one run of a task: who acts, with which rights, and the loaders of that time. */
export class OperationContext {
  readonly caller: Caller;
  readonly locale: Locale;
  readonly requestId: string;
  readonly fields: FieldAccess;
  readonly signal: AbortSignal | undefined;
  /** Contacts of level CONFIDENTIAL (database ids) that the caller is about to be shown: the access log names them. */
  readonly confidentialReads = new Set<string>();
  /** Reads, in waves. */
  readonly db: Sql;
  readonly #session: SqlSession;
  readonly #communityIds: string[];
  readonly #state = new Map<unknown, unknown>();

  constructor(
    readonly services: Services,
    operation: Operation,
    source: ChangeSource = sourceOf[operation.caller.kind],
  ) {
    const { caller } = operation;
    this.caller = caller;
    this.locale = operation.locale;
    this.requestId = operation.requestId;
    this.signal = operation.signal;
    this.fields = new FieldAccess(services.catalogue, operation.raisedLevels, fieldReader(caller));
    this.#communityIds = [...(caller.communityIds ?? [])];
    this.#session = {
      institutionId: caller.institutionId,
      clearance: caller.clearance,
      ownContactId: caller.ownContactId,
      communityIds: this.#communityIds,
      actor: caller.login,
      actorKind: caller.kind,
      source,
      timeZone: caller.timeZone,
      clock: services.clock,
    };
    this.db = new ReadWaves(services.pools.api, this.#session);
  }

  get ports(): Ports {
    return this.services.ports;
  }

  /** From now on a CONTACT sees one more of his community, whom this operation has brought into it. */
  admitToCommunity(contactId: string): void {
    if (this.caller.ownContactId !== null) this.#communityIds.push(contactId);
  }

  now(): Date {
    return this.services.clock.now();
  }

  /** Today's day (YYYY-MM-DD) where the institution is. */
  today(): string {
    return dayIn(this.caller.timeZone, this.now());
  }

  /** What `make` made for this operation the first time; made anew after a transaction. For loaders. */
  once<State>(make: (context: OperationContext) => State): State {
    if (!this.#state.has(make)) this.#state.set(make, make(this));
    return this.#state.get(make) as State;
  }

  /** One mutation field, one transaction. Inside, only `db` sees it; afterwards every loader reads anew. */
  async transaction<Result>(work: (db: Sql) => Promise<Result>): Promise<Result> {
    try {
      return await inTransaction(this.services.pools.api, this.#session, work);
    } finally {
      this.#state.clear();
    }
  }
  /** As {@link transaction}, for long work: on its own pool, with COPY and without a time limit on statements. */
  async bulkTransaction<Result>(work: (db: BulkSql) => Promise<Result>): Promise<Result> {
    try {
      return await inBulkTransaction(this.services.pools.bulk, this.#session, work);
    } finally {
      this.#state.clear();
    }
  }
}

/** Ring 4 for a caller. A CONTACT is cleared for his own file as such, but not for what the operators keep to themselves. */
function fieldReader(caller: Caller): FieldReader {
  const { permissions, clearance, ownContactId } = caller;
  return ownContactId === null
    ? { permissions, clearance, readsFreeText: true }
    : { permissions, clearance: 0, readsFreeText: false };
}
