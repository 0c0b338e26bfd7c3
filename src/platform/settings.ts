import type { RingKey } from "./key-ring.js";

/** One setting: how it is called outside, what it means, and how its text becomes a value. */
export interface Setting<Value> {
  /** Name of the environment variable. */
  readonly name: string;
  readonly description: string;
  /** Text used when the variable is missing or empty; null for none. */
  readonly fallback: string | null;
  /** @throws Error whose message ends the sentence "NAME must be …" */
  parse(text: string): Value;
}

/** A setting that always has a value. */
export function setting<Value>(
  name: string,
  fallback: string,
  parse: (text: string) => Value,
  description: string,
): Setting<Value> {
  return { name, description, fallback, parse };
}

/** A setting that may be missing: null then. */
export function optional<Value>(
  name: string,
  parse: (text: string) => Value,
  description: string,
): Setting<Value | null> {
  return { name, description, fallback: null, parse };
}

export const text = (value: string): string => value;

export function number(minimum: number, maximum: number): (value: string) => number {
  return (value) => {
    const parsed = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (parsed >= minimum && parsed <= maximum) return parsed;
    throw new Error(`a whole number from ${minimum} to ${maximum}`);
  };
}

/** 0 takes any free port. */
export const port = number(0, 65_535);

export function yesOrNo(value: string): boolean {
  if (["true", "yes", "on", "1"].includes(value.toLowerCase())) return true;
  if (["false", "no", "off", "0"].includes(value.toLowerCase())) return false;
  throw new Error("true or false");
}

export function oneOf<const Value extends string>(...values: Value[]): (value: string) => Value {
  return (value) => {
    const found = values.find((one) => one === value);
    if (found !== undefined) return found;
    throw new Error(`one of ${values.join(", ")}`);
  };
}

/** Values between commas, without the blanks around them. */
export function listOf<Value>(parse: (text: string) => Value): (value: string) => readonly Value[] {
  return (value) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
      .map(parse);
}

export function url(...protocols: string[]): (value: string) => string {
  return (value) => {
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1))) return value;
    throw new Error(`an address that begins with ${protocols.map((one) => `${one}://`).join(" or ")}`);
  };
}

/** A bucket of S3. */
export function bucketName(value: string): string {
  if (/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value)) return value;
  throw new Error("the name of a bucket: 3 to 63 small letters, digits, dots and hyphens");
}

/** What keys of S3 begin with. Always ends with a slash. */
export function keyPrefix(value: string): string {
  if (/^[\w-][\w.-]*(\/[\w-][\w.-]*)*\/?$/.test(value) && value.length <= 200) return value.replace(/\/?$/, "/");
  throw new Error("letters, digits, dots, hyphens and slashes, such as contact-files/");
}

/** An origin as browsers send it: scheme, host and port, nothing behind. */
export function origin(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value) return value;
  throw new Error("origins such as https://office.example.org, without a path");
}

/** `name@example.org`, or `Name <name@example.org>`. */
export function mailAddress(value: string): { name: string; address: string } {
  const [, name = "", bracketed] = /^([^<>"\r\n]*)<([^<>]+)>$/.exec(value) ?? [];
  const address = (bracketed ?? value).trim();
  if (/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(address)) return { name: name.trim(), address };
  throw new Error("an address such as tickets@example.org, or Tickets <tickets@example.org>");
}

export function atLeast(length: number): (value: string) => string {
  return (value) => {
    if (value.length >= length) return value;
    throw new Error(`at least ${length} characters`);
  };
}

/** 32 bytes in base64, as `openssl rand -base64 32` makes them. */
export function key256(value: string): Buffer {
  const key = Buffer.from(value, "base64");
  if (key.length === 32 && key.toString("base64").replace(/=+$/, "") === value.replace(/=+$/, "")) return key;
  throw new Error("32 bytes in base64");
}

/** `id:key` between commas, at least one; ids are letters, digits, `_` and `-`, each once. */
export function keyList(value: string): readonly [RingKey, ...RingKey[]] {
  const [first, ...others] = listOf(ringKey)(value);
  const ids = [first, ...others].map((each) => each?.id);
  if (first && new Set(ids).size === ids.length) return [first, ...others];
  throw new Error("one key at least, each with an id of its own");
}

function ringKey(value: string): RingKey {
  const match = /^([\w-]{1,40}):(.+)$/.exec(value);
  if (match) return { id: match[1]!, key: key256(match[2]!) };
  throw new Error("keys such as 2025:…, each with its id before a colon");
}
