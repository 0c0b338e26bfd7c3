import "./authorization.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { type Locale, locales } from "../../platform/i18n/locale.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import type { AuthorizationCode } from "./authorization.js";
import type { ShownWording } from "./ledger.sql.js";
import {
  insertWording,
  lockWordings,
  selectWordings,
  selectWordingsInForce,
  type WordingKey,
  type WordingRow,
} from "./wording.sql.js";
import type { AuthorizationWording, PublishWordingInput, PublishWordingPayload } from "./wording.type.js";

const longestText = 4_000;
/** Control characters beside the line feed, broken surrogates, and those that turn text around. */
const invisible = /[^\P{Cc}\n]|[\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** Makes a text the one that persons are asked to agree to from now on. The text in force already stays as it is. */
export async function publishWording(
  context: OperationContext,
  input: PublishWordingInput,
): Promise<PublishWordingPayload> {
  const text = input.text.trim();
  const problems = wordingProblems(input.locale, text);
  if (problems.length > 0) return refusal(context, problems);
  const wanted = { code: input.code, locale: input.locale as Locale, text };
  const call = { mutation: "publishWording", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await lockWordings(db);
    const [inForce] = await selectWordingsInForce(db, wanted);
    if (inForce?.text !== text) await insertWording(db, wanted);
    return {};
  });
  if ("problems" in done) return refusal(context, done.problems);
  const [wording = null] = await selectWordingsInForce(context.db, wanted);
  return { wording, userErrors: [], warnings: [] };
}

/** The wordings in force: at most one for each language of each code. */
export function authorizationWordings(
  context: OperationContext,
  wanted: { code?: AuthorizationCode | null; locale?: string | null },
): Promise<AuthorizationWording[]> {
  return selectWordingsInForce(context.db, wanted);
}

/** One wording, also one that is no longer in force; null when there is none. */
export async function authorizationWording(
  context: OperationContext,
  key: WordingKey,
): Promise<AuthorizationWording | null> {
  const [wording = null] = await selectWordings(context.db, [key]);
  return wording;
}

/** An authorization with the wording that was shown for it. */
export interface WithWording {
  readonly code: AuthorizationCode;
  readonly wording?: { readonly locale: string; readonly version: number } | null;
}

/** The wordings that were shown, by code. Refuses those that there are not. */
export async function shownWordings(
  db: Sql,
  authorizations: readonly WithWording[],
): Promise<ReadonlyMap<AuthorizationCode, ShownWording>> {
  const keys = authorizations.flatMap(({ code, wording }) => (wording ? [{ code, ...wording }] : []));
  const found = keys.length > 0 ? await selectWordings(db, keys) : [];
  const isThere = ({ code, wording }: WithWording) =>
    !wording ||
    found.some((row) => row.code === code && row.locale === wording.locale && row.version === wording.version);
  const problems = authorizations.flatMap((each, elementIndex) =>
    isThere(each) ? [] : [{ ...problem("WORDING_NOT_FOUND", ["authorizations", "wording"]), elementIndex }],
  );
  if (problems.length > 0) refuse(...problems);
  return new Map(found.map(({ code, locale, version }: WordingRow) => [code, { locale, version }]));
}

function wordingProblems(locale: string, text: string): Problem[] {
  return [
    ...(locales.some((known) => known === locale) ? [] : [problem("UNKNOWN_LOCALE", ["locale"])]),
    ...(text === "" ? [problem("FIELD_REQUIRED", ["text"])] : []),
    ...(text.length > longestText ? [problem("VALUE_TOO_LONG", ["text"], { maximum: longestText })] : []),
    ...(invisible.test(text) ? [problem("INVALID_CHARACTERS", ["text"])] : []),
  ];
}

function refusal({ locale }: OperationContext, problems: readonly Problem[]): PublishWordingPayload {
  return { wording: null, userErrors: userErrors(problems, locale), warnings: [] };
}
