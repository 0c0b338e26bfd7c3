export { contactsEraser } from "./contacts-eraser.js";
export { erasedLines } from "./erased-rows.js";
export { awaitErasures } from "./erasure.sql.js";
