import "./contact.messages.js";
import { type Problem, problem } from "../platform/errors/user-error.js";

/** Also when the caller may not see it: missing and forbidden look the same. */
export const contactNotFound = (field: string): Problem => problem("CONTACT_NOT_FOUND", [field]);

export const contactAnonymized = (field: string): Problem => problem("CONTACT_ANONYMIZED", [field]);

export const versionConflict = (version: number): Problem => problem("VERSION_CONFLICT", ["version"], { version });

export const levelAboveClearance = (): Problem => problem("LEVEL_ABOVE_CLEARANCE", ["level"]);

/** For an input field that ring 4 withholds: writing blindly would also tell what was there. */
export const fieldNotAvailable = (field: string): Problem => problem("FIELD_NOT_AVAILABLE", [field]);

/** For what the contact's type or roles exclude. */
export const fieldNotApplicable = (field: string): Problem => problem("FIELD_NOT_APPLICABLE", [field]);
