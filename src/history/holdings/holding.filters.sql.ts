import { oneOf } from "../history.filters.sql.js";
import type { Choice } from "../history.sql.js";

/** Which entries, memberships or advantages a list shows; what is left out, any. */
export interface HoldingWish {
  readonly states?: readonly string[] | null;
  readonly organizations?: readonly string[] | null;
}

/** Of entry `w`. */
export const waitingListChoices = (filter: HoldingWish = {}): Choice[] => [
  oneOf("states", filter.states, "w.entry_state", "WaitingListEntry.state"),
  oneOf("organizations", filter.organizations, "w.organization", "WaitingListEntry.organization"),
];

/** Of membership `m`. */
export const membershipChoices = (filter: HoldingWish = {}): Choice[] => [
  oneOf("states", filter.states, "m.membership_state", "Membership.state"),
  oneOf("organizations", filter.organizations, "m.organization", "Membership.organization"),
];

/** Of advantage `a`. */
export const advantageChoices = (filter: HoldingWish = {}): Choice[] => [
  oneOf("states", filter.states, "a.advantage_state", "Advantage.state"),
  oneOf("organizations", filter.organizations, "a.organization", "Advantage.organization"),
];
