export { TargetResolver } from "./target.resolver.js";
