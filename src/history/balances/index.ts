export { BalanceResolver } from "./balance.resolver.js";
export { balanceLoader } from "./balance.service.js";
export { BalanceState, type ContactBalance } from "./balance.type.js";
