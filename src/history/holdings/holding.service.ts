import type { OperationContext } from "../../platform/context.js";
import { contactList, type HistoryPage, type ListArguments } from "../contact-list.service.js";
import { countAdvantages, selectAdvantagePages, unbegun } from "./advantage.sql.js";
import { advantageAnswer, membershipAnswer, waitingListAnswer } from "./holding.answers.js";
import { advantageChoices, type HoldingWish, membershipChoices, waitingListChoices } from "./holding.filters.sql.js";
import { countMemberships, selectMembershipPages } from "./membership.sql.js";
import { countWaitingList, selectWaitingListPages } from "./waiting-list.sql.js";

type HoldingArguments = ListArguments & { readonly filter?: HoldingWish | null };

/** What the contact waits or waited for, the newest first. Null when the caller may not see the list. */
export function waitingList(
  context: OperationContext,
  contactId: string,
  args: HoldingArguments,
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "waitingList",
      choices: waitingListChoices(args.filter ?? {}),
      sortedBy: "instant",
      select: (ids, request) => selectWaitingListPages(db, ids, request),
      count: (ids, scope) => countWaitingList(db, ids, scope),
      keyOf: ({ requestedAt, id }) => [requestedAt, id],
      answer: (row) => waitingListAnswer(context, row),
    },
    args,
  );
}

/** Memberships that are valid in the period, the latest first. Null when the caller may not see the list. */
export function memberships(
  context: OperationContext,
  contactId: string,
  args: HoldingArguments,
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "memberships",
      choices: membershipChoices(args.filter ?? {}),
      sortedBy: "day",
      select: (ids, request) => selectMembershipPages(db, ids, request),
      count: (ids, scope) => countMemberships(db, ids, scope),
      keyOf: ({ validFromDate, id }) => [validFromDate, id],
      answer: (row) => membershipAnswer(context, row),
    },
    args,
  );
}

/** Advantages that are valid in the period, the latest first. Null when the caller may not see the list. */
export function advantages(
  context: OperationContext,
  contactId: string,
  args: HoldingArguments,
): Promise<HistoryPage | null> {
  const { db } = context;
  return contactList(
    context,
    contactId,
    {
      field: "advantages",
      choices: advantageChoices(args.filter ?? {}),
      sortedBy: "day",
      select: (ids, request) => selectAdvantagePages(db, ids, request),
      count: (ids, scope) => countAdvantages(db, ids, scope),
      keyOf: ({ validFromDate, id }) => [validFromDate ?? unbegun, id],
      answer: (row) => advantageAnswer(context, row),
    },
    args,
  );
}
