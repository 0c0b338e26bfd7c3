import type { Plugin } from "graphql-yoga";
import type { Caller, TokenClaims } from "../access/caller.js";
import type { VerifyToken } from "../access/token.js";
import { CodedError } from "../errors/coded-error.js";

/** What this plugin puts on the context of each operation. */
export interface AuthenticationContext {
  claims: TokenClaims;
  caller: Caller;
}

export interface AuthenticationOptions {
  readonly verify: VerifyToken;
  /** The rights in force behind a token; null when its bearer has none here, or none any more. */
  callerOf(claims: TokenClaims): Promise<Caller | null>;
}

/**
 * Refuses every request without a good token before its body is read: 401 `UNAUTHENTICATED`; 403 `FORBIDDEN` when the
 * token is good but its bearer unknown here. What answers without a token (preflight, GraphiQL) answers in `onRequest`.
 */
export function useAuthentication(options: AuthenticationOptions): Plugin {
  return {
    async onRequestParse({ request, serverContext }) {
      Object.assign(serverContext, await authenticated(options, request));
    },
  };
}

/** Who has sent a request, by his token and rights of this moment. @throws CodedError UNAUTHENTICATED, FORBIDDEN */
export async function authenticate(options: AuthenticationOptions, request: Request): Promise<Caller> {
  return (await authenticated(options, request)).caller;
}

async function authenticated(
  { verify, callerOf }: AuthenticationOptions,
  request: Request,
): Promise<AuthenticationContext> {
  const claims = await verify(request.headers.get("authorization"));
  const caller = await callerOf(claims);
  if (!caller) throw noAccess();
  return { claims, caller };
}

/** Who sent a request, from its context; null before the token was checked, or when it was refused. */
export function claimsOf(context: object): TokenClaims | null {
  return (context as Partial<AuthenticationContext>).claims ?? null;
}

/** The caller as a key: for the rate limit. Requests without a good token share one. */
export function callerKey(context: object): string {
  const claims = claimsOf(context);
  return claims ? JSON.stringify([claims.institution, claims.kind, claims.subject]) : "";
}

function noAccess(): CodedError {
  return new CodedError("FORBIDDEN", "The bearer of this token has no access here.", { http: { status: 403 } });
}
