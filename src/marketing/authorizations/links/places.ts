import type { LinkPlace } from "../../../platform/links/index.js";

/** Where the links of this module lead. Paths and purposes stand in mails that were sent: never renamed. */
export const optInPlace: LinkPlace = { path: "/consent/confirm", purpose: "double opt-in" };
export const unsubscribePlace: LinkPlace = { path: "/consent/unsubscribe", purpose: "unsubscribe" };
