export { RecencyResolver } from "./recency.resolver.js";
export { activityOf } from "./recency.service.js";
export { computeRecency, deleteRecencyOfGone, findRecency, keepRecency } from "./recency.sql.js";
export { GdprRecency } from "./recency.type.js";
