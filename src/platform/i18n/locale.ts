export const locales = ["en", "fr", "es"] as const;
export type Locale = (typeof locales)[number];

/** A text in every language of the product. */
export type Texts = Readonly<Record<Locale, string>>;

/** The best language of an Accept-Language header (RFC 9110); English when none fits. */
export function negotiateLocale(header: string | null | undefined): Locale {
  const wishes = (header ?? "")
    .slice(0, 500)
    .split(",")
    .map((part, index) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1])
        .find((q) => q !== undefined);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality), index };
    });
  const [best] = wishes
    .filter(({ language, quality }) => quality > 0 && locales.some((locale) => locale === language))
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
  return (best?.language as Locale | undefined) ?? "en";
}
