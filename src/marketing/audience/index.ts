export type { Outcome } from "./audience.enums.js";
export { Audience, type AudienceRules, audienceOf } from "./audience.js";
