export { type LinkPage, linkRoute } from "./link-page.js";
export type { LinkPayload } from "./link-signer.js";
export { type LinkPlace, Links, linkKeysOf } from "./links.js";
