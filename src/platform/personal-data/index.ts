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
  eitherOf,
  eraseEverywhere,
  type OpenedValue,
  proveErased,
  removeEverywhere,
  summed,
} from "./eraser.js";
export { Labels, type PersonalLabels, texts } from "./labels.js";
export { platformEraser } from "./platform.personal-data.js";
export { codesOfBits, levelName, nameOf } from "./read-as.js";
export { exportedColumns, readSubjectRows } from "./subject.sql.js";
