export { AccountResolver } from "./account.resolver.js";
