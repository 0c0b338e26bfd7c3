export { startUndo, undoableUntil } from "./undo.service.js";
export { importUndoTask } from "./undo.task.js";
