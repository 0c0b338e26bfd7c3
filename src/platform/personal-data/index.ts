export {
  type ColumnErasure,
  declaredColumns,
  personalColumns,
  type TableDeclaration,
} from "./declaration.js";
export type { ErasureSteps } from "./erase.sql.js";
export {
  type ErasedIdentifier,
  type Eraser,
  type ErasureEntry,
  eraseEverywhere,
  proveErased,
  removeEverywhere,
  summed,
} from "./eraser.js";
export { platformEraser } from "./platform.personal-data.js";
