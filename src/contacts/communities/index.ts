export { CommunityResolver, ContactCommunityResolver } from "./community.resolver.js";
export { privacyMail } from "./privacy-mail.js";
