import type { AddressOfContact } from "../bounces/bounce-state.sql.js";
import type { ReportEvent } from "./report-event.sql.js";

/** The addresses that events are about. */
export function addressesOf(events: readonly ReportEvent[]): AddressOfContact[] {
  return events.flatMap(({ contactId, addressDigest: digest }) => (digest === null ? [] : [{ contactId, digest }]));
}
