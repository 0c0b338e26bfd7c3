import { Readable } from "node:stream";
import { expect } from "chai";
import { detectDialect, type OpenFile, readCsv, spreadsheetDialect } from "../../../src/platform/csv/index.js";
import { collect, openBytes, openFixture, readAll, refusalOf } from "./files.js";

const mebibyte = 1024 ** 2;

/** A file of two gigabytes; `readBytes` tells how much of it was asked for. */
function endless(start: string, repeated: string) {
  const file = { readBytes: 0, open: (() => Readable.from(chunks())) as OpenFile };
  function* chunks() {
    const chunk = Buffer.from(repeated.repeat(Math.ceil((64 * 1024) / repeated.length)));
    yield Buffer.from(start);
    for (let bytes = 0; bytes < 2 * 1024 * mebibyte; bytes += chunk.length) {
      file.readBytes += chunk.length;
      yield chunk;
    }
  }
  return file;
}

const readEndless = async (open: OpenFile) => {
  for await (const { line } of readCsv(open, spreadsheetDialect())) expect(line).to.be.lessThan(4);
};

describe("CSV files that mean harm (rule 6.3)", () => {
  for (const [what, start, repeated, expected] of [
    ["a row without end", "id;name\nc1;", "x", { code: "ROW_TOO_LONG", line: 2, limit: mebibyte }],
    ["columns without end", "id;name\nc1;", ";", { code: "ROW_TOO_LONG", line: 2, limit: mebibyte }],
    ["a quote that never closes", 'id;name\nc1;x\nc2;"', "y\n", { code: "QUOTE_NOT_CLOSED", line: 3 }],
    ["quotes in disorder in one row", "id;name\n", '"a"b;', { code: "ROW_TOO_LONG", line: 2, limit: mebibyte }],
    ["quotes in disorder in each row", "id;name\n", '"a"b;c\n', { code: "QUOTE_NOT_CLOSED", line: 2 }],
  ] as const) {
    it(`refuses ${what} after little more than one row`, async () => {
      const file = endless(start, repeated);

      expect(await refusalOf(readEndless(file.open))).to.deep.equal(expected);
      expect(file.readBytes).to.be.lessThan(2 * mebibyte);
    });
  }

  it("refuses a header without end early", async () => {
    const file = endless("", "id;");

    expect(await refusalOf(detectDialect(file.open))).to.deep.equal({ code: "ROW_TOO_LONG", line: 1, limit: mebibyte });
    expect(file.readBytes).to.be.lessThan(2 * mebibyte);
  });

  it("refuses more columns than the limit", async () => {
    const open = openBytes("a;b\n;;x\n;;;x\n");

    expect(await refusalOf(readAll(open, { maxColumns: 3 }))).to.deep.equal({
      code: "TOO_MANY_COLUMNS",
      line: 3,
      limit: 3,
    });
  });

  it("refuses a cell longer than the limit", async () => {
    const open = openBytes("a;b\n12345;1\n1;123456\n");

    expect(await refusalOf(readAll(open, { maxCellChars: 5 }))).to.deep.equal({
      code: "CELL_TOO_LONG",
      line: 3,
      limit: 5,
    });
  });

  it("counts a row's bytes exactly, line end included", async () => {
    const open = openBytes("a;b\n1234;6789\n");

    expect(await readAll(open, { maxRecordBytes: 10 })).to.have.length(2);
    expect(await refusalOf(readAll(open, { maxRecordBytes: 9 }))).to.deep.equal({
      code: "ROW_TOO_LONG",
      line: 2,
      limit: 9,
    });
  });

  it("accepts a row that just fits, wherever the file is cut into pieces", async () => {
    const rowBytes = 100_000;
    for (let bytesBefore = 2 * 65_536 - rowBytes - 6; bytesBefore <= 2 * 65_536 - rowBytes; bytesBefore++) {
      const content = `${"a".repeat(bytesBefore - 3)};b\n${"x".repeat(rowBytes - 3)};y\n1;2\n3;4\n`;

      const rows = await readAll(openBytes(content, 5000), { maxRecordBytes: rowBytes, maxCellChars: rowBytes });

      expect(rows).to.have.length(4);
    }
  });

  it("stops at the size limit, in detection and in reading", async () => {
    const open = openBytes("id;name\nc1;Dupont\n");
    const tooLarge = { code: "FILE_TOO_LARGE", limit: 17 };

    expect(await readAll(open, { maxBytes: 18 })).to.have.length(2);
    expect(await refusalOf(detectDialect(open, { maxBytes: 17 }))).to.deep.equal(tooLarge);
    expect(await refusalOf(collect(readCsv(open, spreadsheetDialect(), { maxBytes: 17 })))).to.deep.equal(tooLarge);
  });

  it("names the row where a quote was opened that nothing closes", async () => {
    const open = openFixture("quote-not-closed.csv");

    expect(await refusalOf(readAll(open))).to.deep.equal({ code: "QUOTE_NOT_CLOSED", line: 3 });
  });

  it("does not let a quoted cell of a later row close it, and swallow the rows between", async () => {
    const open = openFixture("quote-closed-by-next.csv");

    expect(await refusalOf(readAll(open))).to.deep.equal({ code: "QUOTE_NOT_CLOSED", line: 3 });
  });

  it("refuses a header with an open quote", async () => {
    expect(await refusalOf(readAll(openBytes('\nid;"name\nc1;x\n')))).to.deep.equal({
      code: "QUOTE_NOT_CLOSED",
      line: 2,
    });
  });

  it("says nothing of the content", async () => {
    const error = await readAll(openFixture("quote-not-closed.csv")).catch((reason) => reason);

    expect(error.message).to.equal("QUOTE_NOT_CLOSED on line 3");
    expect(error.cause).to.equal(undefined);
  });
});
