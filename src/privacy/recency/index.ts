export { RecencyResolver } from "./recency.resolver.js";
export { activityOf } from "./recency.service.js";
export {
  type ContactRange,
  computeRecency,
  deleteRecencyOfGone,
  findRecency,
  keepRecency,
  selectInactive,
} from "./recency.sql.js";
export { GdprRecency } from "./recency.type.js";
