import type { Locale, Texts } from "./locale.js";

const catalogue = new Map<string, Texts>();

/** Adds the texts of a module's codes. A code has one text, wherever it is used. */
export function defineMessages(texts: Readonly<Record<string, Texts>>): void {
  for (const [code, text] of Object.entries(texts)) {
    const known = catalogue.get(code);
    if (known && known !== text) throw new Error(`the code ${code} has two texts`);
    catalogue.set(code, text);
  }
}

/** The text of a code, with `{name}` replaced by the parameter of that name. Parameters carry no personal data. */
export function message(
  code: string,
  locale: Locale,
  parameters: Readonly<Record<string, string | number>> = {},
): string {
  const text = catalogue.get(code);
  if (!text) throw new Error(`the code ${code} has no text`);
  return text[locale].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ""));
}

/** Every code with its texts, for the tests and the documentation. */
export function allMessages(): ReadonlyMap<string, Texts> {
  return catalogue;
}
