export { TargetResolver } from "./target.resolver.js";
export { sharedContacts } from "./target.sharing.js";
export { findWantedTarget, takeTarget } from "./target.taking.js";
