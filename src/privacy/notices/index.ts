export { LegalNoticeResolver } from "./notice.resolver.js";
