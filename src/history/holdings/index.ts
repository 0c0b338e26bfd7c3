export { HoldingResolver } from "./holding.resolver.js";
