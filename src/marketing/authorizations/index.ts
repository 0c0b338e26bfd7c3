export { AuthorizationResolver } from "./authorization.resolver.js";
export { LedgerResolver } from "./ledger.resolver.js";
export { consentRoutes, OptInResolver, optInMail, UnsubscribeResolver } from "./links/index.js";
export { WordingResolver } from "./wording.resolver.js";
