export { type EmbeddedOptions, type EmbeddedPostgres, startEmbedded } from "./start-embedded.js";
export { EmbeddedPostgresUnavailable } from "./unavailable.js";
