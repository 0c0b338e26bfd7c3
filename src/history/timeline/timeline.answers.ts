import type { OperationContext } from "../../platform/context.js";
import { contactLink, orderLink, paymentAnswer, ticketAnswer } from "../history.answers.js";
import { advantageAnswer, membershipAnswer, waitingListAnswer } from "../holdings/holding.answers.js";
import { interactionAnswer } from "../interactions/interaction.service.js";
import { shipmentLink } from "../shipments/shipment.service.js";
import { TimelineKind } from "./timeline.kinds.js";
import { timelineLoaders } from "./timeline.loaders.js";
import { timelineSources } from "./timeline.sources.sql.js";
import type { TimelineRow } from "./timeline.sql.js";

type Link = (context: OperationContext, id: string) => Promise<object | null>;

/** The object of each kind of entry: the field that holds it and how it is found. */
const links: Readonly<Record<TimelineKind, readonly [field: string, find: Link]>> = {
  [TimelineKind.ORDER]: ["order", orderLink],
  [TimelineKind.ATTENDANCE]: [
    "ticket",
    async (context, id) => {
      const row = await context.once(timelineLoaders).ticket.load(id);
      return row && ticketAnswer(context, row);
    },
  ],
  [TimelineKind.PAYMENT]: [
    "payment",
    async (context, id) => {
      const row = await context.once(timelineLoaders).payment.load(id);
      return row && paymentAnswer(context, row);
    },
  ],
  [TimelineKind.WAITING_LIST]: [
    "waitingListEntry",
    async (context, id) => {
      const row = await context.once(timelineLoaders).waitingListEntry.load(id);
      return row && waitingListAnswer(context, row);
    },
  ],
  [TimelineKind.MEMBERSHIP]: [
    "membership",
    async (context, id) => {
      const row = await context.once(timelineLoaders).membership.load(id);
      return row && membershipAnswer(context, row);
    },
  ],
  [TimelineKind.ADVANTAGE]: [
    "advantage",
    async (context, id) => {
      const row = await context.once(timelineLoaders).advantage.load(id);
      return row && advantageAnswer(context, row);
    },
  ],
  [TimelineKind.SHIPMENT]: ["shipment", shipmentLink],
  [TimelineKind.INTERACTION]: [
    "interaction",
    async (context, id) => {
      const row = await context.once(timelineLoaders).interaction.load(id);
      return row && interactionAnswer(context, row);
    },
  ],
};

/** The object behind an entry is read only when its field is selected; those of a page in one statement for each kind. */
export function timelineAnswer(context: OperationContext, row: TimelineRow): object {
  const { kind } = timelineSources.find(({ rank }) => rank === row.rank)!;
  const [field, find] = links[kind];
  return {
    kind,
    at: new Date(row.at),
    contact: contactLink(row.ownerId),
    [field]: () => find(context, row.id),
  };
}
