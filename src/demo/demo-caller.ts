import type { CallerKind } from "../platform/access/caller.js";
import type { ConfidentialityLevel } from "../platform/access/clearance.js";
import type { Clock } from "../platform/clock.js";
import type { KeyRing } from "../platform/key-ring.js";

/** Somebody of the demo institution whom a newcomer may be, with the token that start prints. */
export interface DemoCaller {
  /** Of an operator, a service or a partner; of an internet user the opaque id of his contact. */
  readonly login: string;
  readonly kind: CallerKind;
  /** Code of the institution. */
  readonly institution: string;
  readonly roles: readonly string[];
  readonly clearance: ConfidentialityLevel;
  /** Codes. */
  readonly organizations: readonly string[];
  /** What he shows, in half a line. */
  readonly description: string;
}

/** What making the demo data takes beside a database. */
export interface DemoTools {
  readonly clock: Clock;
  /** Those of the process that serves them. */
  readonly identityKeys: KeyRing;
}

/** The demo institution, as start needs it. */
export interface Demo {
  readonly callers: readonly DemoCaller[];
  /** A query to paste, for the first of the callers. */
  readonly firstQuery: string;
  /**
   * Loads the demo data, as the role that owns the tables, when there is no institution at all. True when the demo
   * institution is there afterwards.
   */
  load(database: DemoTools & { readonly ownerUrl: string }): Promise<boolean>;
}
