import type { Caller, TokenClaims } from "./caller.js";

/** The rights of a caller of now, as a token would say them: work that he starts never has more. */
export function claimsOf(caller: Caller): TokenClaims {
  const { login, kind, institution, organizations, permissions, clearance } = caller;
  return { subject: login, kind, institution, organizations, roles: [], permissions: [...permissions], clearance };
}
