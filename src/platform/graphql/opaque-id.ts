const largest = 9223372036854775807n;

/**
 * The id that clients see: base64url of `Type:number`. Type names begin with a capital, so the text begins with a
 * letter and no spreadsheet takes it for a number or a date. Carries no right: what it names is looked up each time.
 */
export function encodeId(type: string, id: string): string {
  return Buffer.from(`${type}:${id}`, "latin1").toString("base64url");
}

/** The database id behind an opaque id of this type; null for anything else. */
export function decodeId(type: string, opaque: string): string | null {
  const decoded = decodeAnyId(opaque);
  return decoded?.type === type ? decoded.id : null;
}

/** Type and database id; null when the text is no id of ours. */
export function decodeAnyId(opaque: string): { type: string; id: string } | null {
  // the key of a representation comes without any check of its type
  if (typeof opaque !== "string" || opaque.length > 64) return null;
  const match = /^([A-Z][A-Za-z]{0,39}):([1-9]\d{0,18})$/.exec(Buffer.from(opaque, "base64url").toString("latin1"));
  if (!match || BigInt(match[2]!) > largest) return null;
  // other spellings that base64 decodes to the same bytes are no ids of ours
  return encodeId(match[1]!, match[2]!) === opaque ? { type: match[1]!, id: match[2]! } : null;
}
