import { expect } from "chai";
import fc from "fast-check";
import {
  type CsvDialect,
  countCsvRows,
  detectDialect,
  encodeCsvText,
  formatCsvRow,
  readCsv,
  writeCsv,
} from "../../../src/platform/csv/index.js";
import { collect, openBytes, readAll } from "./files.js";

const western = fc.constantFrom(..."aZ09 .;,\t|'\"=+-@\r\n\u00a0é€Œž".split(""));
const anywhere = fc.oneof(western, fc.constantFrom("ł", "字", "😀", "\u2028"));

/** Values as we store them: trimmed, as reading trims. */
const values = (character: fc.Arbitrary<string>) =>
  fc.string({ unit: character, maxLength: 12 }).map((text) => text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, ""));

/** Rows with at least one value: a blank one is skipped by rule. */
const rows = (character: fc.Arbitrary<string>) =>
  fc.integer({ min: 2, max: 5 }).chain((columns) =>
    fc.array(
      fc
        .array(values(character), { minLength: columns, maxLength: columns })
        .filter((cells) => cells.some((cell) => cell.trim() !== "")),
      { minLength: 1, maxLength: 8 },
    ),
  );

const layouts = fc.record({
  delimiter: fc.constantFrom(";", ",", "\t"),
  lineEnd: fc.constantFrom("\r\n", "\n", "\r"),
  hasSepLine: fc.boolean(),
});

/** Every encoding, with the rows that it can hold. */
const files: fc.Arbitrary<{ dialect: CsvDialect; rows: string[][] }> = fc.oneof(
  fc.record({
    dialect: layouts.map((layout): CsvDialect => ({ ...layout, encoding: "windows-1252", byteOrderMark: false })),
    rows: rows(western),
  }),
  fc.record({
    dialect: fc
      .tuple(layouts, fc.boolean())
      .map(([layout, byteOrderMark]): CsvDialect => ({ ...layout, encoding: "utf-8", byteOrderMark })),
    rows: rows(anywhere),
  }),
  fc.record({
    dialect: fc
      .tuple(layouts, fc.constantFrom("utf-16le", "utf-16be"))
      .map(([layout, encoding]): CsvDialect => ({ ...layout, encoding, byteOrderMark: true })),
    rows: rows(anywhere),
  }),
);

describe("CSV properties (rules 6.2, 6.3)", () => {
  it("reads back what was written, in every dialect", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 40 }), async ({ dialect, rows }, chunkBytes) => {
        const open = openBytes(Buffer.concat(await collect(writeCsv(rows, dialect))), chunkBytes);

        const records = await collect(readCsv(open, dialect));

        expect(records).to.deep.equal(rows.map((cells, index) => ({ line: index + 1, cells })));
        expect(await countCsvRows(open, dialect)).to.equal(records.length);
      }),
      { numRuns: 300 },
    );
  });

  it("finds the dialect that was written, when the header names plain columns", async () => {
    await fc.assert(
      fc.asyncProperty(files, async ({ dialect, rows }) => {
        const header = rows[0]!.map((_, index) => `é${index}`);
        const open = openBytes(Buffer.concat(await collect(writeCsv([header, ...rows], dialect))));

        expect(await detectDialect(open)).to.deep.equal(dialect);
      }),
      { numRuns: 300 },
    );
  });

  it("reads a file alike, however many byte order marks programs have put before it", async () => {
    const marked = files.filter(({ dialect }) => dialect.byteOrderMark);
    await fc.assert(
      fc.asyncProperty(marked, fc.integer({ min: 1, max: 3 }), async ({ dialect, rows }, marks) => {
        const written = Buffer.concat(await collect(writeCsv([rows[0]!.map((_, at) => `é${at}`), ...rows], dialect)));
        const mark = encodeCsvText("\ufeff", dialect);
        const once = openBytes(written);
        const often = openBytes(Buffer.concat([...Array.from({ length: marks }, () => mark), written]));

        expect(await detectDialect(often)).to.deep.equal(await detectDialect(once));
        expect(await collect(readCsv(often, dialect))).to.deep.equal(await collect(readCsv(once, dialect)));
        expect(await countCsvRows(often, dialect)).to.equal(await countCsvRows(once, dialect));
      }),
      { numRuns: 100 },
    );
  });

  it("gives the line numbers that a spreadsheet shows, whatever is blank in between", async () => {
    const blank = fc.constantFrom("", ";", ";;;", " ", "\u00a0;", '""', '"";');
    const content = fc.array(
      fc.oneof(
        blank.map((text) => ({ text })),
        rows(western).map(([cells]) => ({ cells: cells! })),
      ),
    );

    await fc.assert(
      fc.asyncProperty(content, layouts, async (lines, layout) => {
        const dialect: CsvDialect = { ...layout, delimiter: ";", encoding: "utf-8", byteOrderMark: false };
        const header = [1, "id", "name"];
        const body = lines.map((line) =>
          "cells" in line ? formatCsvRow(line.cells, dialect) : line.text + dialect.lineEnd,
        );
        const start = dialect.hasSepLine ? `sep=;${dialect.lineEnd}` : "";

        const read = await readAll(openBytes(`${start}id;name${dialect.lineEnd}${body.join("")}`));

        const shown = lines.flatMap((line, index) => ("cells" in line ? [[index + 2, ...line.cells]] : []));
        expect(read).to.deep.equal([header, ...shown]);
      }),
      { numRuns: 300 },
    );
  });

  it("ends on any bytes with rows or a coded error", async () => {
    const byte = fc.constantFrom(...Buffer.from('";,\t\r\n a=\xef\xbb\xbf\xff\xfe\xe9\x81\0', "latin1"));

    await fc.assert(
      fc.asyncProperty(fc.array(byte, { maxLength: 40 }), async (bytes) => {
        const outcome = await readAll(openBytes(Buffer.from(bytes))).catch((error) => error.name);

        expect(outcome).to.satisfy((value: unknown) => Array.isArray(value) || value === "CsvFileError");
      }),
      { numRuns: 1000 },
    );
  });
});
