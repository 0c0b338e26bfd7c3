export { RecencyResolver } from "./recency.resolver.js";
export { activityOf } from "./recency.service.js";
export { computeRecency } from "./recency.sql.js";
export { GdprRecency } from "./recency.type.js";
