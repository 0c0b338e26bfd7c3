/** What may happen to mails to one address, on a day before today. */
export interface ModelEvent {
  readonly kind: "DELIVERED" | "AUTOMATIC_REPLY" | "CLEARED" | "4.2.2" | "5.2.2" | "5.1.1" | "5.4.4";
  readonly day: number;
}

const rank = { CLEARED: 0, DELIVERED: 1, AUTOMATIC_REPLY: 2, "4.2.2": 3, "5.2.2": 4, "5.1.1": 5, "5.4.4": 5 } as const;

/** The rule of 5.6 as one would apply it by hand: one event after another, from the oldest on. */
export function statusAfter(events: readonly ModelEvent[]): "NONE" | "SOFT" | "HARD" {
  let status: "NONE" | "SOFT" | "HARD" = "NONE";
  let failures: number[] = [];
  for (const { kind, day } of events.toSorted((a, b) => a.day - b.day || rank[a.kind] - rank[b.kind])) {
    if (kind === "CLEARED") [status, failures] = ["NONE", []];
    else if (kind === "DELIVERED" || kind === "AUTOMATIC_REPLY") failures = [];
    if (kind === "5.2.2") failures.push(day);
    const isThird = kind === "5.2.2" && failures.length >= 3 && day - failures.at(-3)! <= 30;
    if (kind === "5.1.1" || kind === "5.4.4" || isThird) status = "HARD";
    else if (status !== "HARD" && kind === "DELIVERED") status = "NONE";
    else if (status !== "HARD" && kind !== "CLEARED") status = "SOFT";
  }
  return status;
}
