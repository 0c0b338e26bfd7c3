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
  const number = typeof opaque === "string" ? decodeNumber(type, opaque) : null;
  if (number !== null) return String(number);
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

/** What each character of base64url stands for; 64 for any other of the first 128. */
const sextets = Uint8Array.from({ length: 128 }, (_, code) => {
  const at = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(String.fromCharCode(code));
  return at < 0 ? 64 : at;
});
const [zero, nine, most] = [0x30, 0x39, 999_999_999_999];

/**
 * The same for numbers of up to twelve digits and without a Buffer, which files with a million ids would make for each.
 * Null does not say that it is no id.
 */
function decodeNumber(type: string, opaque: string): number | null {
  let [bits, held, place, number] = [0, 0, 0, 0];
  for (let at = 0; at < opaque.length; at++) {
    const sextet = sextets[opaque.charCodeAt(at)] ?? 64;
    if (sextet === 64) return null;
    held = ((held << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const code = (held >> bits) & 0xff;
    if (place < type.length ? code !== type.charCodeAt(place) : place === type.length && code !== 0x3a) return null;
    if (place > type.length) {
      const isDigit = code >= zero && code <= nine;
      if (!isDigit || (number === 0 && code === zero)) return null;
      number = number * 10 + code - zero;
      if (number > most) return null;
    }
    place++;
  }
  // bits that are left over are zero in the one spelling that is ours, and never a whole character
  return bits < 6 && (held & ((1 << bits) - 1)) === 0 && number > 0 ? number : null;
}
