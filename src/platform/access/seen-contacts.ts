import type { OperationContext } from "../context.js";

/**
 * The contacts (database ids) that this operation has read under the caller's rights. Other subgraphs of the same process
 * need not ask whether these exist for him before they read what belongs to them: each of those statements asks itself.
 * Empty where the contact file runs apart, and after each transaction.
 */
export function seenContacts(context: OperationContext): Set<string> {
  return context.once(noneYet);
}

const noneYet = () => new Set<string>();
