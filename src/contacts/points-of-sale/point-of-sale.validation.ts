import { invisibleInText } from "../../platform/errors/input-rules.js";
import "./point-of-sale.messages.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { locales } from "../../platform/i18n/locale.js";
import type { PrivacySummaryInput, SetPointOfSaleInput } from "./point-of-sale.type.js";

const longestName = 100;
const longestUrl = 2_000;
const longestSummary = 4_000;

/** What is wrong with a point of sale, each with its field. Texts were trimmed. */
export function pointOfSaleProblems(input: SetPointOfSaleInput): Problem[] {
  const { code, name, channels, policyUrl, showSummary, summaries } = input;
  const hasEnglish = summaries.some(({ locale, text }) => locale === "en" && text !== "");
  return [
    ...(/^[A-Z][A-Z0-9_]{0,39}$/.test(code) ? [] : [problem("INVALID_CODE", ["code"], { maximum: 40 })]),
    ...textProblems(name, "name", longestName),
    ...(channels.length > 0 ? [] : [problem("FIELD_REQUIRED", ["channels"])]),
    ...(isHttps(policyUrl) ? [] : [problem("URL_NOT_HTTPS", ["policyUrl"])]),
    ...(showSummary && !hasEnglish ? [problem("SUMMARY_REQUIRED", ["summaries"])] : []),
    ...summaries.flatMap((summary, index) => summaryProblems(summaries, summary, index)),
  ];
}

function summaryProblems(
  all: readonly PrivacySummaryInput[],
  { locale, text }: PrivacySummaryInput,
  elementIndex: number,
): Problem[] {
  const isRepeated = all.findIndex((other) => other.locale === locale) < elementIndex;
  return [
    ...(locales.some((known) => known === locale) ? [] : [problem("UNKNOWN_LOCALE", ["summaries", "locale"])]),
    ...(isRepeated ? [problem("DUPLICATE_LOCALE", ["summaries", "locale"])] : []),
    ...textProblems(text, "text", longestSummary).map((each) => ({ ...each, field: ["summaries", "text"] })),
  ].map((each) => ({ ...each, elementIndex }));
}

function textProblems(text: string, field: string, maximum: number): Problem[] {
  if (text === "") return [problem("FIELD_REQUIRED", [field])];
  if (invisibleInText.test(text)) return [problem("INVALID_CHARACTERS", [field])];
  return text.length > maximum ? [problem("VALUE_TOO_LONG", [field], { maximum })] : [];
}

/** An address that a page may link to: nothing that runs there, and no credentials. */
function isHttps(text: string): boolean {
  if (text.length > longestUrl || !/^https:\/\/[^\s\\<>"]+$/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === "" && password === "";
}
