export { RecencyResolver } from "./recency.resolver.js";
export { computeRecency } from "./recency.sql.js";
