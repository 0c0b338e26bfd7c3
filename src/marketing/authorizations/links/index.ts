export { consentRoutes } from "./link.routes.js";
export { OptInResolver } from "./opt-in.resolver.js";
export { optInMail } from "./opt-in-mail.js";
export { UnsubscribeResolver } from "./unsubscribe.resolver.js";
