export { BlockingResolver } from "./blocking.resolver.js";
export { type Buyer, lockBuyers, purchaseRefusals, selectBuyerIds } from "./blocking.sql.js";
