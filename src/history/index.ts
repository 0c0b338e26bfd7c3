import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import { resolveContact } from "./contact.reference.js";
import { ContactResolver } from "./contact.resolver.js";
import { Contact } from "./contact.type.js";
import { historyFields } from "./history.fields.js";
import "./history.messages.js";

/** Purchase, cultural and financial history. */
export const historyModule: SubgraphModule = {
  name: "history",
  fields: historyFields,
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [ContactResolver],
      references: { Contact: resolveContact },
      orphanedTypes: [Contact],
    }),
};
