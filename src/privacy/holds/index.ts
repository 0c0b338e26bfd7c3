export { RetentionHoldResolver } from "./hold.resolver.js";
