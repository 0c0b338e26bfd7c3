export { cleanAddresses, cleanTickets } from "./clean-up.service.js";
export { countOld } from "./clean-up.sql.js";
