import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { type HeldRow, selectContactCriteria } from "./contact-criteria.sql.js";
import { type DefinitionRow, selectDefinitions } from "./criterion.sql.js";

export interface CriteriaLoaders {
  /** Every definition that the caller may know of, in order. Levels withhold values, not definitions. */
  definitions(): Promise<readonly DefinitionRow[]>;
  readonly ofContact: DataLoader<string, HeldRow[]>;
}

function createLoaders(context: OperationContext): CriteriaLoaders {
  let definitions: Promise<readonly DefinitionRow[]> | undefined;
  return {
    definitions() {
      definitions ??= selectDefinitions(context.db).then((rows) => rows.filter((row) => mayKnow(context, row)));
      return definitions;
    },
    ofContact: new DataLoader(async (ids) => {
      const byContact = Map.groupBy(await selectContactCriteria(context.db, ids), ({ contactId }) => contactId);
      return ids.map((id) => byContact.get(id) ?? []);
    }),
  };
}

/** The loaders of this operation. */
export function criteriaLoaders(context: OperationContext): CriteriaLoaders {
  return context.once(createLoaders);
}

/** Internet users know the criteria that are visible on the internet; everybody else knows all. */
export function mayKnow({ caller }: OperationContext, { isVisibleOnInternet }: DefinitionRow): boolean {
  return caller.kind !== "CONTACT" || isVisibleOnInternet;
}
