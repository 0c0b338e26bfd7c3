export { ConnectionResolver } from "./connection.resolver.js";
export { LinkedResolver } from "./linked.resolver.js";
export { watchPrimaryRelay } from "./primary-relay.service.js";
