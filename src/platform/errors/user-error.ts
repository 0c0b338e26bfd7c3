import "./user-error.messages.js";
import type { UserError, Warning } from "../graphql/shared-types.js";
import type { Locale } from "../i18n/locale.js";
import { message } from "../i18n/messages.js";

/** What a caller can mend: a code, where, and what the message needs. Its text is chosen when it is answered. */
export interface Problem {
  readonly code: string;
  readonly field: readonly string[];
  /** Never personal data: ids, limits, accepted values. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly elementIndex?: number;
}

export function problem(code: string, field: readonly string[] = [], parameters?: Problem["parameters"]): Problem {
  return { code, field, ...(parameters && { parameters }) };
}

/** Problems as a payload carries them, in the caller's language. */
export function userErrors(problems: readonly Problem[], locale: Locale): UserError[] {
  return problems.map(({ code, field, parameters, elementIndex }) => ({
    code,
    field: [...field],
    message: message(code, locale, parameters),
    elementIndex: elementIndex ?? null,
  }));
}

/** Warnings as a payload carries them, in the caller's language. Their texts take no parameters. */
export function warnings(codes: readonly string[], locale: Locale): Warning[] {
  return codes.map((code) => ({ code, message: message(code, locale) }));
}
