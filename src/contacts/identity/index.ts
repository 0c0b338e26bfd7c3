export { IdentityResolver } from "./identity.resolver.js";
export { placeOf } from "./identity.service.js";
export { identityKeyRotation } from "./identity-keys.task.js";
