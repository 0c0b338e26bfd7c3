export { AccessLogResolver } from "./access-log.resolver.js";
export { insertExport, insertReads } from "./access-log.sql.js";
