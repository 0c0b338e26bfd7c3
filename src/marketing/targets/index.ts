export { TargetResolver } from "./target.resolver.js";
export { findWantedTarget, takeTarget } from "./target.taking.js";
