import "./authorization.messages.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import type { AuthorizationCode } from "./authorization.js";

/** For a structure (F33). */
export const authorizationNotApplicable = (): Problem => problem("AUTHORIZATION_NOT_APPLICABLE", ["contactId"]);

export const authorizationsMissing = (): Problem => problem("AUTHORIZATIONS_MISSING", ["authorizations"]);

/** The field is withheld from the caller: writing blindly would also tell what was there. */
export const authorizationsWithheld = (): Problem => problem("FIELD_NOT_AVAILABLE", ["authorizations"]);

/** @param elementIndex of the repetition */
export const duplicateCode = (code: AuthorizationCode, elementIndex: number): Problem => ({
  ...problem("DUPLICATE_CODE", ["authorizations", "code"], { code }),
  elementIndex,
});

/** A contact who calls sets what he himself authorizes. */
export const notHisOwn = (): Problem => problem("AUTHORIZATIONS_OF_OTHERS", ["contactId"]);

/** An invalid contact was to do something else than withdraw (F07). @param elementIndex of what it was */
export const contactInvalid = (elementIndex: number): Problem => ({
  ...problem("CONTACT_INVALID", ["authorizations", "value"]),
  elementIndex,
});
