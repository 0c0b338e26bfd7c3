import { type Problem, problem } from "../../platform/errors/user-error.js";
import { freeTextProblems } from "../contact.validation.js";

const longestName = 60;

/** Names are as the plan has them: compared sign by sign. */
export function isSeatName(name: string): boolean {
  return freeTextProblems(name, "", longestName).length === 0 && name.trim() === name;
}

export const invalidSeat = (field: string): Problem => problem("INVALID_SEAT", [field], { maximum: longestName });
