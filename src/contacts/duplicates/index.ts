export { DuplicateResolver } from "./duplicate.resolver.js";
export { type FoundDuplicates, refuseDuplicates, subjectOf, toDuplicates } from "./duplicate.service.js";
