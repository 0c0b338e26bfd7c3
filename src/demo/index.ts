export { demo } from "./demo.js";
export { demoCallers } from "./demo-callers.js";
export { generateContacts } from "./generate-contacts.js";
export { demoIsLoaded, loadDemo } from "./load-demo.js";
