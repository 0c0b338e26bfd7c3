import type { OperationContext } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import type { DefinitionRow } from "../../criteria/criterion.sql.js";
import { isOffered } from "../criteria/offered-criteria.js";
import { hideStaged, selectBrought, selectStagedContacts } from "./partner-reach.sql.js";

/*
 * A partner has the targets that are shared with him, and so the contacts in them (design 3 (2)). All others are not there
 * for his imports: told of in no way, as are those above his clearance. It is asked in the transaction of each chunk.
 */

export function isPartner({ caller }: OperationContext): boolean {
  return caller.kind === "PARTNER";
}

/** Takes whom a partner does not have out of the rows of a chunk: nobody is found for them. @param table of staged keys */
export async function hideUnshared(context: OperationContext, db: Sql, table: string): Promise<void> {
  if (!isPartner(context)) return;
  const staged = await selectStagedContacts(db, table);
  const shared = await context.ports.marketing.sharedContacts(context, db, staged);
  if (shared.size < staged.length) await hideStaged(db, table, [...shared]);
}

/** Whom a partner's file of contacts finds. */
export interface PartnerReach {
  /** Database ids of those in his targets: they can be changed. */
  readonly shared: readonly string[];
  /** These, and those whom his own imports have brought: they are known, and no more. */
  readonly known: readonly string[];
}

/** @param candidates database ids of all whom the rows may be about */
export async function partnerReach(
  context: OperationContext,
  db: Sql,
  candidates: readonly string[],
): Promise<PartnerReach> {
  const shared = await context.ports.marketing.sharedContacts(context, db, candidates);
  const others = candidates.filter((id) => !shared.has(id));
  const brought = others.length === 0 ? [] : await selectBrought(db, others);
  return { shared: [...shared], known: [...shared, ...brought] };
}

/** Whether a partner has a criterion: those that templates have for him. Everybody else is told why not, row by row. */
export function hasCriterion(context: OperationContext, definition: DefinitionRow): boolean {
  return !isPartner(context) || isOffered(context, definition, null);
}
