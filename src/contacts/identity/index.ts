export { IdentityResolver } from "./identity.resolver.js";
export { identityKeyRotation } from "./identity-keys.task.js";
