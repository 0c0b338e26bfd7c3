export { BalanceResolver } from "./balance.resolver.js";
