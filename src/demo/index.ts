export { generateContacts } from "./generate-contacts.js";
