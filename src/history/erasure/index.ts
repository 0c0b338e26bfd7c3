export { erasedRecords } from "./erased-records.js";
export { historyEraser } from "./history-eraser.js";
