import { digestOfAddress } from "../marketing/index.js";
import type { KeyRing } from "../platform/key-ring.js";
import type { Calendar } from "./demo-calendar.js";
import type { PersonRow } from "./demo-people.js";

/** What the marketing system reported a month ago of those whose address has bounced, and what follows from it. */
export function bounceRows(
  keys: KeyRing,
  institution: string,
  people: readonly PersonRow[],
  { statusOf, calendar }: { statusOf: ReadonlyMap<number, number>; calendar: Calendar },
) {
  const occurred = calendar.instant(-30, "08:00");
  const bounced = people.flatMap(({ id, email }) => {
    const digest = email === null ? null : digestOfAddress(keys, Number(institution), String(id), email);
    const status = statusOf.get(id) ?? 0;
    if (digest === null || status === 0) return [];
    const address = { contact_id: id, address_digest: `\\x${digest.toString("hex")}` };
    return [{ ...address, bounce_status: status, status_code: status === 2 ? "5.1.1" : "4.2.2" }];
  });
  const events = bounced.map(({ bounce_status: _, ...each }) => ({
    ...{ reporter: "svc-2001", event_id: `demo-${each.contact_id}`, kind: "FAILURE" },
    ...{ ...each, occurred_at: occurred, reported_at: occurred },
  }));
  const states = bounced.map((each) => ({
    ...{ ...each, is_current: true, bounced_at: occurred },
    reason: each.bounce_status === 2 ? "INVALID_ADDRESS" : "TEMPORARY_FAILURE",
  }));
  return { events, states };
}
