import { buildSubgraph } from "../platform/graphql/subgraph-schema.js";
import type { SubgraphModule } from "../platform/module.js";
import type { MarketingPort } from "../platform/ports.js";
import {
  AuthorizationResolver,
  consentRoutes,
  LedgerResolver,
  OptInResolver,
  WordingResolver,
} from "./authorizations/index.js";
import { marketingFields } from "./contact.fields.js";
import { resolveContact, resolveContactSummary } from "./contact.reference.js";
import { copyContacts } from "./contact.sql.js";
import { Contact, ContactSummary } from "./contact.type.js";

export { optInMail } from "./authorizations/index.js";

/** What contacts authorize, and what became of e-mails to them. */
export const marketingModule: SubgraphModule = {
  name: "marketing",
  fields: marketingFields,
  buildSubgraph: () =>
    buildSubgraph({
      resolvers: [AuthorizationResolver, LedgerResolver, OptInResolver, WordingResolver],
      references: { Contact: resolveContact, ContactSummary: resolveContactSummary },
      orphanedTypes: [Contact, ContactSummary],
    }),
  routes: consentRoutes,
};

export const marketingPort: MarketingPort = { copyContacts };
