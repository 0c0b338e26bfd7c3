import DataLoader from "dataloader";
import type { OperationContext } from "../platform/context.js";
import { selectVisibleContacts } from "./history.sql.js";
import { selectOrderLines, selectOrders, selectPaidAmounts } from "./order.sql.js";
import { selectOrderPayments } from "./payment.sql.js";
import { selectSeasonsById } from "./product.sql.js";
import { selectAnswers, selectBeneficiaries } from "./ticket.sql.js";

/** Contacts of one statement: a page for each of them has to fit into memory. */
const contactsPerStatement = 100;

/** One loader for each set of arguments that a list is asked with: contacts with the same arguments share a statement. */
class LoadersByArguments {
  readonly #loaders = new Map<string, DataLoader<string, never>>();

  /** @param key everything but the contact that the answer depends on, the list's name included */
  get<Value>(key: unknown, load: (contactIds: readonly string[]) => Promise<Value[]>): DataLoader<string, Value> {
    const text = JSON.stringify(key);
    let loader = this.#loaders.get(text) as DataLoader<string, Value> | undefined;
    if (!loader) {
      loader = new DataLoader<string, Value>(load, { maxBatchSize: contactsPerStatement });
      this.#loaders.set(text, loader as never);
    }
    return loader;
  }
}

function makeLoaders({ db }: OperationContext) {
  return {
    byArguments: new LoadersByArguments(),
    visibleContact: new DataLoader(byId((ids) => selectVisibleContacts(db, ids))),
    order: new DataLoader(byId((ids) => selectOrders(db, ids))),
    orderLines: new DataLoader(byId((ids) => selectOrderLines(db, ids))),
    paidAmount: new DataLoader(byId((ids) => selectPaidAmounts(db, ids))),
    orderPayments: new DataLoader(async (ids: readonly string[]) => {
      const rows = Map.groupBy(await selectOrderPayments(db, ids), ({ orderId }) => orderId);
      return ids.map((id) => rows.get(id) ?? []);
    }),
    season: new DataLoader(byId((ids) => selectSeasonsById(db, ids))),
    beneficiary: new DataLoader(byId((ids) => selectBeneficiaries(db, ids))),
    answers: new DataLoader(async (ids: readonly string[]) => {
      const rows = Map.groupBy(await selectAnswers(db, ids), ({ ticketId }) => ticketId);
      return ids.map((id) => rows.get(id) ?? []);
    }),
  };
}

/** Puts rows into the order of the ids; null for the missing ones. */
export function byId<Row extends { id: string }>(select: (ids: readonly string[]) => Promise<Row[]>) {
  return async (ids: readonly string[]): Promise<(Row | null)[]> => {
    const rows = new Map((await select(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  };
}

/** The loaders of this operation. */
export const loadersOf = (context: OperationContext) => context.once(makeLoaders);
