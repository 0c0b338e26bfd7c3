import { freeTextProblems } from "../../contacts/index.js";
import type { OperationContext } from "../../platform/context.js";
import { problem, userErrors } from "../../platform/errors/user-error.js";
import { locales } from "../../platform/i18n/locale.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { isNoticeCode, noticeCodes, noticeTexts, publishNotice } from "../../platform/legal-notices.js";
import { insertSettingChanges } from "../settings/index.js";
import type { LegalNoticeWording, SetLegalNoticeInput, SetLegalNoticePayload } from "./notice.type.js";

const longestText = 4_000;

/** The notices in force, in the order in which they are listed; always all of them. */
export function legalNotices(context: OperationContext): Promise<LegalNoticeWording[]> {
  return Promise.all(noticeCodes.map((code) => noticeTexts(context.db, code)));
}

/** Puts a wording in force, in three languages at once, with its audit. The same texts again change nothing. */
export async function setLegalNotice(
  context: OperationContext,
  input: SetLegalNoticeInput,
): Promise<SetLegalNoticePayload> {
  const texts = { en: input.en.trim(), fr: input.fr.trim(), es: input.es.trim() };
  const call = { mutation: "setLegalNotice", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const { code } = input;
    const problems = locales.flatMap((locale) => freeTextProblems(texts[locale], locale, longestText));
    if (!isNoticeCode(code)) return refuse(problem("UNKNOWN_CODE", ["code"], { accepted: noticeCodes.join(", ") }));
    if (problems.length > 0) return refuse(...problems);
    const { before, after } = await publishNotice(db, code, texts);
    if (after !== before)
      await insertSettingChanges(db, [
        { setting: `legalNotice.${code}`, oldValue: String(before), newValue: String(after) },
      ]);
    return { code };
  });
  if ("problems" in done)
    return { legalNotice: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  const { code } = done.ids;
  const inForce = isNoticeCode(code) ? await noticeTexts(context.db, code) : null;
  return { legalNotice: inForce, userErrors: [], warnings: [] };
}
