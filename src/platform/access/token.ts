import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Clock } from "../clock.js";
import { CodedError } from "../errors/coded-error.js";
import { ExpiringCache } from "../expiring-cache.js";
import { type CallerKind, callerKinds, type TokenClaims } from "./caller.js";
import { ConfidentialityLevel, clearanceOf } from "./clearance.js";
import type { DemoIssuer } from "./demo-issuer.js";

/** Who may sign, and for whom. */
export interface TokenTrust {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
}

/** Turns an Authorization header into the claims of its token. */
export type VerifyToken = (authorization: string | null) => Promise<TokenClaims>;

const longestToken = 8_192;
const longestText = 200;
const longestList = 200;
const clockToleranceSeconds = 5;
/** A signature is checked again after this; checking it takes a tenth of the time of a whole request. */
const verifiedMs = 30_000;
const verifiedTokens = 5_000;

/** Trust in an issuer elsewhere. Its keys are kept for ten minutes; an unknown key id asks again, at most twice a minute. */
export function trustRemote(jwksUrl: string, trust: Omit<TokenTrust, "keys">): TokenTrust {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: 3_000,
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
  });
  return { ...trust, keys };
}

/** Trust in this machine's own demo issuer. */
export function trustDemo({ issuer, audience, algorithm, publicKey }: DemoIssuer): TokenTrust {
  return { issuer, audience, algorithms: [algorithm], keys: createLocalJWKSet({ keys: [publicKey] }) };
}

/**
 * A check of bearer tokens. Each refusal looks the same from outside.
 * @throws CodedError UNAUTHENTICATED; SERVICE_UNAVAILABLE when the issuer's keys cannot be had
 */
export function tokenVerifier(trust: TokenTrust, clock: Clock): VerifyToken {
  const verified = new ExpiringCache<VerifiedToken>(clock, { lifetimeMs: verifiedMs, capacity: verifiedTokens });
  return async (authorization) => {
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? "")?.[1];
    if (!token || token.length > longestToken) throw unauthenticated();
    const { claims, expiresAt } = await verified.get(token, () => verify(token, trust, clock.now()));
    if (clock.now().getTime() >= expiresAt) throw unauthenticated();
    return claims;
  };
}

interface VerifiedToken {
  readonly claims: TokenClaims;
  /** In milliseconds, with the tolerance. */
  readonly expiresAt: number;
}

async function verify(
  token: string,
  { keys, issuer, audience, algorithms }: TokenTrust,
  currentDate: Date,
): Promise<VerifiedToken> {
  try {
    const { payload } = await jwtVerify(token, available(keys), {
      issuer,
      audience,
      algorithms: [...algorithms],
      requiredClaims: ["sub", "exp"],
      currentDate,
      clockTolerance: clockToleranceSeconds,
    });
    return { claims: claimsOf(payload), expiresAt: (payload.exp! + clockToleranceSeconds) * 1_000 };
  } catch (error) {
    throw error instanceof CodedError ? error : unauthenticated();
  }
}

/** The answer to every token that is missing or not good. It does not say why. */
function unauthenticated(): CodedError {
  return new CodedError("UNAUTHENTICATED", "A valid bearer token is needed.");
}

/** Tells keys that are not there from an issuer that does not answer: only the first is the caller's fault. */
function available(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (tokenFaults.some((fault) => error instanceof fault)) throw error;
      throw new CodedError("SERVICE_UNAVAILABLE", "Tokens cannot be checked at the moment.", {}, error);
    }
  };
}

const tokenFaults = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported];

class InvalidClaims extends Error {}

/** Strict: a claim of another shape makes the whole token invalid, it is never guessed at. */
function claimsOf(payload: JWTPayload): TokenClaims {
  return {
    subject: textClaim(payload.sub),
    kind: oneOf(callerKinds, payload.kind) as CallerKind,
    institution: textClaim(payload.institution),
    organizations: listClaim(payload.organizations),
    roles: listClaim(payload.roles),
    permissions: listClaim(payload.permissions),
    clearance: clearanceOf(oneOf(Object.values(ConfidentialityLevel), payload.clearance ?? ConfidentialityLevel.FREE)),
  };
}

function textClaim(value: unknown): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be in it
  if (typeof value === "string" && value !== "" && value.length <= longestText && !/[\u0000-\u001f\u007f]/.test(value))
    return value;
  throw new InvalidClaims();
}

function listClaim(value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= longestList) return value.map(textClaim);
  throw new InvalidClaims();
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value {
  const found = values.find((one) => one === value);
  if (found !== undefined) return found;
  throw new InvalidClaims();
}
