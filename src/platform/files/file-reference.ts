import { createHmac, timingSafeEqual } from "node:crypto";
import type { Caller } from "../access/caller.js";
import { institutionOf, type StoredFile } from "./file-store.js";

/** Who may use a stored file. */
type Bearer = Pick<Caller, "institutionId" | "kind" | "login">;

/**
 * Text that lets this caller, and no other, hand the file on to an operation of his. It travels between our own
 * processes, but callers can send any text in its place: hence the signature.
 * @param secret the key that all processes share
 */
export function signFileReference(secret: Buffer, bearer: Bearer, file: StoredFile, expiresAt: Date): string {
  const content = [file.id, file.sizeBytes, file.sha256, Math.floor(expiresAt.getTime() / 1000)].join(".");
  return `${content}.${signatureOf(secret, bearer, content)}`;
}

const pattern = /^((\d{1,10}\.[0-9a-f]{32})\.(\d{1,15})\.([0-9a-f]{64})\.(\d{1,12}))\.([\w-]{43})$/;

/** The file behind a reference; null when it was not made for this caller, was tampered with, or has expired. */
export function verifyFileReference(secret: Buffer, bearer: Bearer, reference: string, now: Date): StoredFile | null {
  const match = pattern.exec(reference);
  if (!match) return null;
  const [content, id, sizeBytes, sha256, expiresAt, signature] = match.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = Buffer.from(signatureOf(secret, bearer, content));
  if (!timingSafeEqual(expected, Buffer.from(signature))) return null;
  if (institutionOf(id) !== bearer.institutionId || Number(expiresAt) * 1000 < now.getTime()) return null;
  return { id, sizeBytes: Number(sizeBytes), sha256 };
}

function signatureOf(secret: Buffer, { institutionId, kind, login }: Bearer, content: string): string {
  return createHmac("sha256", secret)
    .update(JSON.stringify(["file-reference", institutionId, kind, login, content]))
    .digest("base64url");
}
