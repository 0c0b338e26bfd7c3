import type { Readable } from "node:stream";
import type { Locale } from "../../platform/i18n/locale.js";
import { twinFiles } from "../../platform/zip/index.js";
import { HtmlPage } from "./subject-html.js";
import { JsonDocument } from "./subject-json.js";

export interface SubjectColumn {
  /** As the database calls it. */
  readonly name: string;
  readonly label: string;
  /** How its codes are called, when it holds codes; programs get the codes themselves. */
  readonly codes?: ((code: string) => string) | undefined;
}

/** What one table holds of a person. */
export interface SubjectTable {
  /** With its schema. */
  readonly table: string;
  readonly title: string;
  readonly columns: readonly SubjectColumn[];
  /** Values in the order of the columns. Without rows, the table is left out. */
  readonly batches: AsyncIterable<readonly (readonly unknown[])[]>;
}

/** What stands at the head of an export. */
export interface SubjectHead {
  readonly institution: string;
  readonly at: Date;
  readonly timeZone: string;
  readonly locale: Locale;
}

/**
 * A zip with all that is held of a person, twice: `subject-export.json` for programs and `subject-export.html` to be read.
 * Rows are taken once and as slowly as the zip is read; nothing but a batch of them is in memory.
 */
export function subjectFile(head: SubjectHead, tables: AsyncIterable<SubjectTable>): Readable {
  const names = { first: "subject-export.json", second: "subject-export.html", at: head.at };
  return twinFiles(names, async function* (spool) {
    const [json, html] = [new JsonDocument(head), new HtmlPage(head)];
    let [text, page] = [json.begin(), html.begin()];
    for await (const table of tables) {
      let isOpen = false;
      for await (const rows of table.batches) {
        if (rows.length === 0) continue;
        if (!isOpen) {
          text += json.beginTable(table);
          page += html.beginTable(table, rows.length);
          isOpen = true;
        }
        for (const row of rows) {
          text += json.row(table.columns, row);
          page += html.row(table.columns, row);
        }
        await spool.write(page);
        yield text;
        [text, page] = ["", ""];
      }
      if (!isOpen) continue;
      text += json.endTable();
      page += html.endTable();
    }
    await spool.write(page + html.end());
    yield text + json.end();
  });
}
