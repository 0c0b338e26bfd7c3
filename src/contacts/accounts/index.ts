export { createAccount } from "./account.creation.js";
export { AccountResolver } from "./account.resolver.js";
