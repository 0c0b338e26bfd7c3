import { Readable } from "node:stream";
import type { OperationContext } from "../../../platform/context.js";
import { type CsvDialect, type CsvRecord, writeCsv } from "../../../platform/csv/index.js";
import type { Locale } from "../../../platform/i18n/locale.js";
import { message } from "../../../platform/i18n/messages.js";
import { type RowToMend, readRowsToMend } from "./report.sql.js";

const mostBytes = 4 * 1024 ** 3;
/** Before the columns of the file, so that rows with too many or too few cells stay as they are. Source: domain 6.1 */
const added = ["status", "line", "code", "message"];

/** An uploaded file, to be read once more. */
export interface ReportedFile {
  readonly dialect: CsvDialect;
  readonly locale: Locale;
  /** The header first. */
  records(): AsyncIterable<readonly CsvRecord[]>;
}

/**
 * Writes the rows of a file that have errors or conflicts, as it wrote them, with what is wrong with each; in its own
 * encoding and with its delimiter and line ends. Both are read along in the order of the file, so nothing is held.
 * @returns the id of the file; null when there is nothing to mend
 */
export async function writeReport(
  context: OperationContext,
  jobId: string,
  file: ReportedFile,
): Promise<string | null> {
  const { services, caller } = context;
  return context.bulkTransaction(async (db) => {
    const rows = flat(readRowsToMend(db, jobId));
    const first = await rows.next();
    if (first.done) return null;
    const csv = writeCsv(cellsOf(file, first.value, rows), file.dialect);
    const source = Readable.from(csv, { objectMode: false });
    const { id } = await services.files.put(caller.institutionId, source, { maxBytes: mostBytes });
    return id;
  });
}

async function* flat(batches: AsyncIterable<RowToMend[]>): AsyncGenerator<RowToMend, undefined> {
  for await (const batch of batches) yield* batch;
}

async function* cellsOf(
  file: ReportedFile,
  first: RowToMend,
  rows: AsyncGenerator<RowToMend, undefined>,
): AsyncGenerator<string[]> {
  let wanted: RowToMend | undefined = first;
  let kept: ((cells: readonly string[]) => string[]) | undefined;
  for await (const records of file.records()) {
    for (const { line, cells } of records) {
      if (!kept) {
        kept = withoutAdded(cells);
        yield [...added, ...kept(cells)];
      } else if (line === wanted?.[0]) {
        yield [...told(wanted, file.locale), ...kept(cells)];
        wanted = (await rows.next()).value;
        if (!wanted) return;
      }
    }
  }
}

/** A report that was mended has the columns already. */
function withoutAdded(header: readonly string[]): (cells: readonly string[]) => string[] {
  const gone = new Set(header.flatMap((name, index) => (added.includes(name.toLowerCase()) ? [index] : [])));
  return (cells) => cells.filter((_, index) => !gone.has(index));
}

function told([line, outcome, problems]: RowToMend, locale: Locale): string[] {
  const all = problems ?? [];
  const texts = all.map(({ code, column, parameters }) => {
    const text = message(code, locale, parameters);
    return column === null ? text : `${column}: ${text}`;
  });
  return [outcome, String(line), all.map(({ code }) => code).join(", "), texts.join(" ")];
}
