import type { Locale } from "../../platform/i18n/locale.js";
import { pageTexts } from "./subject.texts.js";
import type { SubjectColumn, SubjectHead, SubjectTable } from "./subject-file.js";

/** Nothing is loaded and nothing runs, whatever stands in the data. */
const policy = "default-src 'none'; style-src 'unsafe-inline'";
const style = `body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
.wide{overflow-x:auto}table{border-collapse:collapse}
th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}
th{background:#f3f3f3;font-weight:600}`;

/** An export to be read, piece by piece: a page on its own, in the reader's language, without script. */
export class HtmlPage {
  readonly #values: HtmlValues;
  #isSingle = false;

  constructor(private readonly head: SubjectHead) {
    this.#values = new HtmlValues(head.locale, head.timeZone);
  }

  begin(): string {
    const { institution, at, locale } = this.head;
    const texts = pageTexts[locale];
    const title = escaped(`${texts.title} – ${institution}`);
    return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style></head><body>
<h1>${title}</h1>
<p>${escaped(texts.about)}</p>
<p>${escaped(texts.exportedAt)}: ${this.#values.of(at)}</p>
`;
  }

  /** @param count of the first rows: one alone is shown from top to bottom */
  beginTable({ title, columns }: SubjectTable, count: number): string {
    this.#isSingle = count === 1;
    const header = columns.map(({ label }) => `<th scope="col">${escaped(label)}</th>`).join("");
    return `<h2>${escaped(title)}</h2><div class="wide"><table>${this.#isSingle ? "" : `<tr>${header}</tr>`}\n`;
  }

  row(columns: readonly SubjectColumn[], row: readonly unknown[]): string {
    const cells = columns.map(({ codes }, index) => `<td>${this.#values.of(row[index], codes)}</td>`);
    if (!this.#isSingle) return `<tr>${cells.join("")}</tr>\n`;
    return columns
      .flatMap(({ label }, index) =>
        row[index] == null ? [] : [`<tr><th scope="row">${escaped(label)}</th>${cells[index]}</tr>\n`],
      )
      .join("");
  }

  endTable(): string {
    return "</table></div>\n";
  }

  end(): string {
    return `<p>${escaped(pageTexts[this.head.locale].rights)}</p></body></html>\n`;
  }
}

/** Values as a person reads them. */
class HtmlValues {
  readonly #instant: Intl.DateTimeFormat;

  constructor(
    private readonly locale: Locale,
    timeZone: string,
  ) {
    this.#instant = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "medium", timeStyle: "medium" });
  }

  of(value: unknown, codes: SubjectColumn["codes"] = String): string {
    return escaped(this.#text(value, codes));
  }

  #text(value: unknown, codes: (code: string) => string): string {
    if (value == null) return "";
    if (typeof value === "boolean") return value ? pageTexts[this.locale].yes : pageTexts[this.locale].no;
    if (value instanceof Date) return this.#instant.format(value);
    if (Array.isArray(value)) return value.map((each) => this.#text(each, codes)).join(", ");
    return typeof value === "object" ? JSON.stringify(value) : codes(String(value));
  }
}

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it stands between tags and in attributes. Control characters other than line ends and tabs are dropped. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign]!).replace(/(?![\n\t])\p{Cc}/gu, "");
}
