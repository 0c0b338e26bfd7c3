import { filteredList } from "../contact-list.service.js";
import { countAdvantages, selectAdvantagePages, unbegun } from "./advantage.sql.js";
import { advantageAnswer, membershipAnswer, waitingListAnswer } from "./holding.answers.js";
import { advantageChoices, membershipChoices, waitingListChoices } from "./holding.filters.sql.js";
import { countMemberships, selectMembershipPages } from "./membership.sql.js";
import { countWaitingList, selectWaitingListPages } from "./waiting-list.sql.js";

/** What the contact waits or waited for, the newest first. Null when the caller may not see the list. */
export const waitingList = filteredList({
  field: "waitingList",
  choices: waitingListChoices,
  sortedBy: "instant",
  select: selectWaitingListPages,
  count: countWaitingList,
  keyOf: ({ requestedAt, id }) => [requestedAt, id],
  answer: waitingListAnswer,
});

/** Memberships that are valid in the period, the latest first. Null when the caller may not see the list. */
export const memberships = filteredList({
  field: "memberships",
  choices: membershipChoices,
  sortedBy: "day",
  select: selectMembershipPages,
  count: countMemberships,
  keyOf: ({ validFromDate, id }) => [validFromDate, id],
  answer: membershipAnswer,
});

/** Advantages that are valid in the period, the latest first. Null when the caller may not see the list. */
export const advantages = filteredList({
  field: "advantages",
  choices: advantageChoices,
  sortedBy: "day",
  select: selectAdvantagePages,
  count: countAdvantages,
  keyOf: ({ validFromDate, id }) => [validFromDate ?? unbegun, id],
  answer: advantageAnswer,
});
