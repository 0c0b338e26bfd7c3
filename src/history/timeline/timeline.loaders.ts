import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { byId } from "../history.loaders.js";
import { selectAdvantages } from "../holdings/advantage.sql.js";
import { selectMemberships } from "../holdings/membership.sql.js";
import { selectWaitingListEntries } from "../holdings/waiting-list.sql.js";
import { selectInteractions } from "../interactions/interaction.sql.js";
import { selectPayments } from "../payment.sql.js";
import { selectTicketsById } from "../ticket.sql.js";

/** Loaders of what entries of a timeline stand for, by id. */
export function timelineLoaders({ db }: OperationContext) {
  return {
    ticket: new DataLoader(byId((ids) => selectTicketsById(db, ids))),
    payment: new DataLoader(byId((ids) => selectPayments(db, ids))),
    waitingListEntry: new DataLoader(byId((ids) => selectWaitingListEntries(db, ids))),
    membership: new DataLoader(byId((ids) => selectMemberships(db, ids))),
    interaction: new DataLoader(byId((ids) => selectInteractions(db, ids))),
    advantage: new DataLoader(byId((ids) => selectAdvantages(db, ids))),
  };
}
