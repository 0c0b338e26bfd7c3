import "./audit.messages.js";
import { CodedError } from "../platform/errors/coded-error.js";
import type { Locale } from "../platform/i18n/locale.js";
import { message } from "../platform/i18n/messages.js";

export const longestFrameDays = 366;

export function timeFrameReversed(locale: Locale): CodedError {
  return new CodedError("BAD_USER_INPUT", message("TIME_FRAME_REVERSED", locale), {
    reason: "TIME_FRAME_REVERSED",
    argument: "to",
  });
}

export function timeFrameTooLong(locale: Locale): CodedError {
  const text = message("TIME_FRAME_TOO_LONG", locale, { days: longestFrameDays });
  return new CodedError("BAD_USER_INPUT", text, { reason: "TIME_FRAME_TOO_LONG", argument: "to" });
}

/** The institution raised the level of `Contact.audit` above the caller's clearance. */
export function auditNotAvailable(locale: Locale): CodedError {
  return new CodedError("FIELD_NOT_AVAILABLE", message("AUDIT_NOT_AVAILABLE", locale), { field: "Contact.audit" });
}

export function notACursor(): CodedError {
  return new CodedError("BAD_USER_INPUT", "`after` is not a cursor of this list.", { argument: "after" });
}
