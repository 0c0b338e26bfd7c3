export { BlockingResolver } from "./blocking.resolver.js";
export { purchaseRefusals } from "./blocking.sql.js";
