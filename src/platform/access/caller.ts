import type { Clearance } from "./clearance.js";
import type { Permission } from "./permissions.js";

export const callerKinds = ["OPERATOR", "SERVICE", "PARTNER", "CONTACT"] as const;
export type CallerKind = (typeof callerKinds)[number];

/** What a verified token says. Not yet what its bearer may do: see {@link Caller}. */
export interface TokenClaims {
  /** The login; for a CONTACT, the opaque id of his contact. */
  readonly subject: string;
  readonly kind: CallerKind;
  /** Code of the institution. */
  readonly institution: string;
  readonly organizations: readonly string[];
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly clearance: Clearance;
}

/** Who is calling, with the rights in force now: the lower of his token and of his operator row. */
export interface Caller {
  readonly kind: CallerKind;
  readonly login: string;
  readonly institutionId: number;
  readonly institution: string;
  readonly timeZone: string;
  readonly organizations: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  readonly clearance: Clearance;
  /** Set for a CONTACT: himself (database id). Nobody else exists for him but his community. */
  readonly ownContactId: string | null;
  /** For a CONTACT: the members of his community (database ids). */
  readonly communityIds?: readonly string[];
}
