import "./field-level.messages.js";
import type { ConfidentialityLevel } from "../platform/access/clearance.js";
import { type Problem, problem } from "../platform/errors/user-error.js";

export const fieldNotWithholdable = (): Problem => problem("FIELD_NOT_WITHHOLDABLE", ["fieldName"]);

export const fieldLevelTooLow = (shippedLevel: ConfidentialityLevel): Problem =>
  problem("FIELD_LEVEL_TOO_LOW", ["level"], { shippedLevel });
