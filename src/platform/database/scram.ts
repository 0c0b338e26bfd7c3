import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

const iterations = 4096;

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

/** A password that everyone who has `secret` can derive, and nobody else. */
export function derivedPassword(secret: string, purpose: string): string {
  return hmac(secret, purpose).toString("base64url");
}

/**
 * What PostgreSQL keeps of a password (RFC 5803). It is sent in its place, so that no server log ever shows the
 * password. The same each time, so that a repeat changes nothing.
 *
 * @param password ASCII; salted with `purpose`, which no other role shares
 */
export function scramVerifier(password: string, purpose: string): string {
  const salt = hmac(password, `salt of ${purpose}`).subarray(0, 16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const storedKey = createHash("sha256").update(hmac(salted, "Client Key")).digest();
  const serverKey = hmac(salted, "Server Key");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey.toString("base64")}:${serverKey.toString("base64")}`;
}
