import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from "jose";
import type { Clock } from "../clock.js";
import { readOrMake } from "../private-file.js";
import type { TokenClaims } from "./caller.js";
import { type Clearance, levelOf } from "./clearance.js";

/** Signs tokens for trying out, with a key that this machine made for itself. Not there in production. */
export interface DemoIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithm: "ES256";
  readonly publicKey: JWK;
  /** A bearer token, valid for a week. */
  sign(claims: DemoClaims): Promise<string>;
}

/** What is left out grants nothing: no organization, no role, no permission, clearance FREE. */
export type DemoClaims = Pick<TokenClaims, "subject" | "kind" | "institution"> & Partial<TokenClaims>;

const issuer = "urn:contact-file-graph:demo";
const audience = "contact-file-graph";
const algorithm = "ES256";

/** The demo issuer of this data folder. Its key (`demo-issuer.jwk`, for this user only) is made once. */
export async function openDemoIssuer(dataDir: string, clock: Clock): Promise<DemoIssuer> {
  const privateJwk = JSON.parse(await readOrMake(join(dataDir, "demo-issuer.jwk"), makeKey)) as JWK;
  const key = await importJWK(privateJwk, algorithm);
  const { d: _secret, ...publicKey } = privateJwk;
  return {
    issuer,
    audience,
    algorithm,
    publicKey,
    sign: ({ subject, kind, institution, organizations, roles, permissions, clearance }) =>
      new SignJWT({
        kind,
        institution,
        organizations,
        roles,
        permissions,
        clearance: levelOf(clearance ?? (0 as Clearance)),
      })
        .setProtectedHeader({ alg: algorithm, kid: publicKey.kid!, typ: "JWT" })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(clock.now())
        .setExpirationTime(new Date(clock.now().getTime() + 7 * 86_400_000))
        .sign(key),
  };
}

async function makeKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  return JSON.stringify({ ...jwk, alg: algorithm, use: "sig", kid: await calculateJwkThumbprint(jwk) });
}
