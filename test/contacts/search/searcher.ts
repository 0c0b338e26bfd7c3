import type { OperationContext } from "../../../src/platform/context.js";
import { ask, codesOf } from "../../support/ask.js";
import type { ContextWish, TestDatabase } from "../../support/database.js";
import { callerOf, contactsSchema } from "../support.js";

const query = `query ($filter: ContactFilter!, $first: Int! = 100, $after: String, $invalid: Boolean! = false) {
  searchContacts(filter: $filter, first: $first, after: $after, includeInvalid: $invalid) {
    totalCount nodes { id displayName } pageInfo { hasNextPage endCursor } } }`;

/** Searches as an operator who may read; `wish` says otherwise. */
export function searcher(db: TestDatabase) {
  const reader = (wish: ContextWish = {}) => callerOf(db, "contact:read", wish);

  async function search(filter: object, context: OperationContext = reader(), more: object = {}) {
    const { searchContacts } = await ask(await contactsSchema(), context, query, { filter, ...more });
    return searchContacts as {
      totalCount: number;
      nodes: { id: string; displayName: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }

  /** Names in the order of the answer. */
  async function namesOf(filter: object, context?: OperationContext): Promise<string[]> {
    const { nodes } = await search(filter, context);
    return nodes.map(({ displayName }) => displayName);
  }

  /** Ids over all pages of this size. */
  async function walk(filter: object, first: number, context?: OperationContext): Promise<string[]> {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await search(filter, context, { first, after });
      seen.push(...nodes.map(({ id }) => id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    return seen;
  }

  /** The codes of the errors that a search is answered with. */
  async function refusalsOf(filter: object, context: OperationContext = reader()): Promise<unknown[]> {
    return codesOf(await contactsSchema(), context, query, { filter });
  }

  return { reader, search, namesOf, walk, refusalsOf };
}
