export { AuthorizationResolver } from "./authorization.resolver.js";
export { LedgerResolver } from "./ledger.resolver.js";
export { WordingResolver } from "./wording.resolver.js";
