import { expect } from "chai";
import fc from "fast-check";
import {
  type CsvDialect,
  countCsvRows,
  detectDialect,
  encodeCsvText,
  readCsv,
} from "../../../src/platform/csv/index.js";
import { csvLimits } from "../../../src/platform/csv/limits.js";
import { RecordReader } from "../../../src/platform/csv/record-reader.js";
import { collect, openBytes } from "./files.js";

/** Of `readPieces`: what lies on both sides of it is put together again. */
const pieceBytes = 64 * 1024;

const encodings = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;
type Encoding = (typeof encodings)[number];

const western = fc.constantFrom(..."aZ09 .;,:|\t'\"=+-@\r\n\u00a0é€Œž".split(""));
const anywhere = fc.oneof(western, fc.constantFrom("ł", "字", "😀", "\u2028"));

/** A value that reading leaves as it is: without blanks around it, and without the apostrophe of a formula. */
const value = (encoding: Encoding) =>
  fc
    .string({ unit: encoding === "windows-1252" ? western : anywhere, maxLength: 10 })
    .map((text) => text.replace(/^[ \u00a0]+|[ \u00a0]+$/g, ""))
    .filter((text) => !/^'[=+\-@'\t\r]/.test(text));

/** How a program writes a table that is not ours: each cell, row and file as it likes. */
interface Habits {
  readonly encoding: Encoding;
  readonly marks: number;
  readonly delimiter: string;
  readonly hasSepLine: boolean;
  readonly quotes: readonly boolean[];
  readonly lineEnds: readonly string[];
  readonly endsLastLine: boolean;
}

const habits: fc.Arbitrary<Habits> = fc
  .record({
    encoding: fc.constantFrom(...encodings),
    marks: fc.nat(2),
    usual: fc.constantFrom(";", ",", "\t"),
    named: fc.constantFrom("|", ":", ";", ",", "\t", "a", "é"),
    hasSepLine: fc.boolean(),
    // until the first quote, files are read in another way
    quotes: fc.oneof(fc.constantFrom([false], [true]), fc.array(fc.boolean(), { minLength: 2, maxLength: 50 })),
    lineEnds: fc.oneof(
      fc.constantFrom("\r\n", "\n", "\r").map((end) => [end]),
      // \r before \n would be one line end
      fc.array(fc.constantFrom("\r\n", "\n"), { minLength: 2, maxLength: 5 }),
    ),
    endsLastLine: fc.boolean(),
  })
  .map(({ usual, named, marks, ...rest }) => ({
    ...rest,
    delimiter: rest.hasSepLine ? named : usual,
    marks: rest.encoding === "windows-1252" ? 0 : rest.encoding === "utf-8" ? marks : Math.max(marks, 1),
  }));

/** The text of a table; `at` counts its cells, so that each is quoted by its own whim. */
function textOf(rows: readonly (readonly string[])[], { delimiter, quotes, lineEnds, endsLastLine }: Habits): string {
  let at = 0;
  const cellOf = (cell: string) => {
    const mustQuote = cell.startsWith('"') || cell.includes(delimiter) || /[\r\n]/.test(cell);
    return mustQuote || quotes[at++ % quotes.length] ? `"${cell.replaceAll('"', '""')}"` : cell;
  };
  return rows
    .map((cells, row) => {
      const isLast = row === rows.length - 1;
      return cells.map(cellOf).join(delimiter) + (isLast && !endsLastLine ? "" : lineEnds[row % lineEnds.length]!);
    })
    .join("");
}

function bytesOf(rows: readonly (readonly string[])[], habits: Habits): Buffer {
  const { encoding, marks, delimiter, hasSepLine, lineEnds } = habits;
  const sep = hasSepLine ? `sep=${delimiter}${lineEnds[0]}` : "";
  return encodeCsvText("\ufeff".repeat(marks) + sep + textOf(rows, habits), { encoding });
}

const tables: fc.Arbitrary<{ habits: Habits; rows: string[][] }> = fc
  .tuple(habits, fc.integer({ min: 2, max: 5 }))
  .chain(([how, columns]) => {
    const row = fc
      .array(value(how.encoding), { minLength: columns, maxLength: columns })
      .filter((cells) => cells.some((cell) => cell.trim() !== ""));
    // É is no valid UTF-8 in Windows-1252, so that every file of it can be told from one of that
    const header = Array.from({ length: columns }, (_, n) => `ÉX${n}`);
    return fc.array(row, { maxLength: 8 }).map((rows) => ({ habits: how, rows: [header, ...rows] }));
  });

async function expectRead(bytes: Buffer, rows: readonly (readonly string[])[], { delimiter, encoding }: Habits) {
  const open = openBytes(bytes);
  const dialect = await detectDialect(open);

  expect(dialect).to.include({ delimiter, encoding });
  const records = await collect(readCsv(open, dialect));
  expect(records).to.deep.equal(rows.map((cells, index) => ({ line: index + 1, cells })));
  expect(await countCsvRows(open, dialect)).to.equal(rows.length);
}

describe("CSV of other programs (rule 6.3)", () => {
  it("is read back cell by cell, in every encoding, with every delimiter, quoted and ended as each likes", async () => {
    await fc.assert(
      fc.asyncProperty(tables, ({ habits: how, rows }) => expectRead(bytesOf(rows, how), rows, how)),
      { numRuns: 1000 },
    );
  });

  it("is read alike wherever its text is cut: within a line end, a quote, a cell", async () => {
    const places = fc.array(fc.nat(200), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(tables, places, async ({ habits: how, rows }, cuts) => {
        // decoders hand out whole characters
        const text = Array.from(textOf(rows, how));
        const ends = [...new Set([...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort((a, b) => a - b);
        const dialect: CsvDialect = { ...how, hasSepLine: false, lineEnd: "\n", byteOrderMark: false };

        const reader = new RecordReader(dialect, csvLimits);
        for (const [index, end] of ends.entries()) await reader.feed(text.slice(ends[index - 1] ?? 0, end).join(""));
        await reader.finish();
        const records = reader.take();
        reader.destroy();

        expect(records).to.deep.equal(rows.map((cells, index) => ({ line: index + 1, cells })));
      }),
      { numRuns: 2000 },
    );
  });

  it("is read alike wherever the file is cut into pieces, within a character too", async () => {
    await fc.assert(
      fc.asyncProperty(tables, fc.nat(80), async ({ habits: how, rows }, shift) => {
        const [header, ...rest] = rows;
        const blanks = header!.slice(3).map(() => "");
        const filled = (length: number) => [
          ...["a".repeat(length >> 1), "b".repeat(length - (length >> 1))],
          ...header!.slice(2, 3),
          ...blanks,
        ];
        const before = bytesOf([header!, filled(0), filled(0), filled(0)], {
          ...how,
          quotes: [false],
          endsLastLine: true,
        });
        const unit = how.encoding.startsWith("utf-16") ? 2 : 1;
        // up to some bytes before the end of the first piece, which then falls anywhere in the rows that follow
        const missing = Math.floor((pieceBytes - before.length) / unit) - shift;
        const third = Math.floor(missing / 3);
        const fillers = [filled(third), filled(third), filled(missing - 2 * third)].map((cells) =>
          cells.slice(0, header!.length),
        );

        await expectRead(bytesOf([header!, ...fillers, ...rest], how), [header!, ...fillers, ...rest], how);
      }),
      { numRuns: 60 },
    );
  });
});
