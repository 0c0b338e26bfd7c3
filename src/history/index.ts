import { mergeCatalogues } from "../platform/access/fields.js";
import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import type { HistoryPort } from "../platform/ports.js";
import { BalanceResolver } from "./balances/index.js";
import { cleanAddresses, cleanTickets, countOld } from "./clean-up/index.js";
import { resolveContact } from "./contact.reference.js";
import { ContactResolver } from "./contact.resolver.js";
import { Contact } from "./contact.type.js";
import { ProspectResolver } from "./facts/index.js";
import { historyFields } from "./history.fields.js";
import "./history.messages.js";
import { HoldingResolver } from "./holdings/index.js";
import { IndicatorAdministrationResolver, IndicatorResolver } from "./indicators/index.js";
import { IngestResolver } from "./ingest/index.js";
import { interactionFields } from "./interactions/interaction.fields.js";
import { InteractionResolver } from "./interactions/interaction.resolver.js";
import { resolveOrder } from "./order.reference.js";
import { findPlaceFile, PlaceExportResolver, PlaceResolver, placePath } from "./places/index.js";
import { ProductResolver } from "./product.resolver.js";
import { RemarkResolver } from "./remarks/index.js";
import { shipmentFields } from "./shipments/shipment.fields.js";
import { ShipmentResolver } from "./shipments/shipment.resolver.js";
import { recordShipments, updateShipmentStates } from "./shipments/shipment-record.service.js";
import { summaryFields } from "./summary/summary.fields.js";
import { resolveContactSummary } from "./summary/summary.reference.js";
import { ContactSummary } from "./summary/summary.type.js";
import { TimelineResolver } from "./timeline/index.js";

export { historyEraser } from "./erasure/index.js";
export { indicatorSchedule, indicatorTask } from "./indicators/index.js";
export { ingestJobs, ingestTask } from "./ingest/index.js";
export { historyPersonalData } from "./personal-data.js";
export { selectPlaceFiles } from "./places/index.js";

/** Purchase, cultural and financial history, shipments and interactions. */
export const historyModule: SubgraphModule = {
  name: "history",
  fields: mergeCatalogues([historyFields, shipmentFields, interactionFields, summaryFields]),
  downloads: { [placePath]: findPlaceFile },
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [
        BalanceResolver,
        ContactResolver,
        HoldingResolver,
        IndicatorAdministrationResolver,
        IndicatorResolver,
        IngestResolver,
        InteractionResolver,
        PlaceExportResolver,
        PlaceResolver,
        ProductResolver,
        ProspectResolver,
        RemarkResolver,
        ShipmentResolver,
        TimelineResolver,
      ],
      references: { Contact: resolveContact, ContactSummary: resolveContactSummary, Order: resolveOrder },
      orphanedTypes: [Contact, ContactSummary],
    }),
};

export const historyPort: HistoryPort = {
  ...{ recordShipments, updateShipmentStates },
  ...{ countOldTickets: countOld, cleanTickets, cleanAddresses },
};
