/** One recipient of a delivery report. */
export interface ReportedRecipient {
  /** As the sender named him, and as the server that reports it did; an address or null. */
  readonly original: string | null;
  readonly final: string | null;
  /** Of RFC 3463: class, subject, detail. 2 is a delivery, 4 may pass, 5 will not. */
  readonly statusCode: string;
}

const mostRecipients = 100;
const longestLine = 2_000;

/**
 * The recipients that the machine-readable part of a delivery report names (RFC 3464, RFC 6533); none when it names none
 * with a status.
 */
export function deliveryStatusRecipients(text: string): ReportedRecipient[] {
  const groups = text.replaceAll("\r\n", "\n").split(/\n[ \t]*\n/, mostRecipients + 1);
  return groups.flatMap((group) => recipientOf(fieldsOf(group)) ?? []);
}

/** Whether it says that the mail has arrived. */
export function isDelivered({ statusCode }: ReportedRecipient): boolean {
  return statusCode.startsWith("2.");
}

/** Fields by their names in small letters; of one that is repeated, the first. Continued lines are joined. */
function fieldsOf(group: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let name: string | null = null;
  for (const line of group.split("\n").map((each) => each.slice(0, longestLine))) {
    const isContinued = line.startsWith(" ") || line.startsWith("\t");
    const colon = line.indexOf(":");
    if (isContinued && name !== null) fields.set(name, `${fields.get(name)} ${line.trim()}`.slice(0, longestLine));
    if (isContinued || colon < 1) continue;
    const key = line.slice(0, colon).trim().toLowerCase();
    name = fields.has(key) ? null : key;
    if (name !== null) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function recipientOf(fields: ReadonlyMap<string, string>): ReportedRecipient | null {
  const original = addressOf(fields.get("original-recipient"));
  const final = addressOf(fields.get("final-recipient"));
  const statusCode = statusOf(fields);
  return (original ?? final) === null || statusCode === null ? null : { original, final, statusCode };
}

/** Of `rfc822; <a@example.org>`, the address. Other types, such as X.400, name no e-mail address. */
function addressOf(field: string | undefined): string | null {
  return /^(?:rfc822|utf-8)\s{0,10};\s{0,10}<?([^\s<>;]{3,320})>?/i.exec(field ?? "")?.[1] ?? null;
}

/** Three numbers, not those of a host's address. */
const code = /(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)\b/;

/**
 * The status; where it says only the class, what the other server answered, if that says more. Without a status, what
 * was done decides.
 */
function statusOf(fields: ReadonlyMap<string, string>): string | null {
  const status = code.exec(fields.get("status") ?? "");
  const diagnostic = code.exec(fields.get("diagnostic-code") ?? "");
  const isVague = !status || (status[2] === "0" && status[3] === "0");
  if (isVague && diagnostic && (!status || diagnostic[1] === status[1])) return diagnostic[0];
  return status?.[0] ?? byAction[fields.get("action")?.toLowerCase() ?? ""] ?? null;
}

const byAction: Readonly<Record<string, string>> = { failed: "5.0.0", delayed: "4.0.0", delivered: "2.0.0" };
