import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { selectBalances } from "./balance.sql.js";
import { BalanceState, type ContactBalance } from "./balance.type.js";

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, ContactBalance[]>(async (ids) => {
    const byContact = Map.groupBy(await selectBalances(db, ids), ({ contactId }) => contactId);
    return ids.map((id) =>
      (byContact.get(id) ?? []).map(({ organization, currency, amount }) => ({
        ...{ organization, currency, amount },
        state: amount.startsWith("-") ? BalanceState.CREDITOR : BalanceState.DEBTOR,
      })),
    );
  });
}

/** By database id. The accounts that are not even, by organization and currency. */
export const balanceLoader = (context: OperationContext) => context.once(createLoader);

/** Null when the caller may not see balances. One statement for all contacts that are asked for at a time. */
export async function contactBalances(context: OperationContext, contactId: string): Promise<ContactBalance[] | null> {
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", "balances")) return null;
  return balanceLoader(context).load(id);
}
