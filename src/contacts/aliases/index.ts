export { AliasResolver } from "./alias.resolver.js";
