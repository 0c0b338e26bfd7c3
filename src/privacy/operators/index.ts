export { OperatorResolver } from "./operator.resolver.js";
