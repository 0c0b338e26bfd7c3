export { Audience, type AudienceRules, audienceOf } from "./audience.js";
export type { Outcome } from "./audience.statement.js";
