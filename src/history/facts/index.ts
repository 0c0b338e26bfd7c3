export { type LatestActivity, selectLatestActivity } from "./latest-activity.sql.js";
export { ProspectResolver } from "./prospect.resolver.js";
