export { AliasRemovalResolver } from "./removal.resolver.js";
export { aliasRemovalFigures } from "./removal-figures.js";
export { resealRemovals, sealRemoval } from "./removal-seal.js";
