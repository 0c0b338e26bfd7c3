import { expect } from "chai";
import { detectDialect } from "../../../src/platform/csv/index.js";
import { openBytes, openFixture, refusalOf } from "./files.js";

const detected = (content: string | Buffer) => detectDialect(openBytes(content));

describe("detectDialect (rules 6.3.1 to 6.3.3)", () => {
  const plain = { encoding: "utf-8", byteOrderMark: false, delimiter: ";", lineEnd: "\r\n", hasSepLine: false };

  for (const [file, expected] of [
    ["windows-1252-semicolon.csv", { ...plain, encoding: "windows-1252" }],
    ["utf-16le-tab.csv", { ...plain, encoding: "utf-16le", byteOrderMark: true, delimiter: "\t" }],
    ["utf-16be-semicolon.csv", { ...plain, encoding: "utf-16be", byteOrderMark: true, lineEnd: "\n" }],
    ["utf-8-bom-semicolon.csv", { ...plain, byteOrderMark: true }],
    ["utf-8-comma.csv", { ...plain, delimiter: ",", lineEnd: "\n" }],
    ["cr-only.csv", { ...plain, lineEnd: "\r" }],
    ["sep-line.csv", { ...plain, delimiter: "|", hasSepLine: true }],
    ["blank-first.csv", plain],
  ] as const) {
    it(`recognizes ${file}`, async () => {
      expect(await detectDialect(openFixture(file))).to.deep.equal(expected);
    });
  }

  it("finds a Windows-1252 letter in the last row of a long file", async () => {
    const rows = "c1;Dupont\r\n".repeat(30_000);

    const dialect = await detected(Buffer.from(`id;name\r\n${rows}c2;Zoé`, "latin1"));

    expect(dialect.encoding).to.equal("windows-1252");
  });

  it("keeps a UTF-8 letter whole that two chunks share", async () => {
    expect((await detectDialect(openBytes("id;é€😀\n", 1))).encoding).to.equal("utf-8");
  });

  it("does not count delimiters inside quotes", async () => {
    expect((await detected('"a;b;c;d","e"\n')).delimiter).to.equal(",");
    expect((await detected('"a,""b"",c;\n;,"\tx\ty;z,\n')).delimiter).to.equal("\t");
  });

  it("takes a quote further on in a cell for a character", async () => {
    expect((await detected('5" pipe,x;y;z;"q"\n')).delimiter).to.equal(";");
  });

  it("prefers the semicolon where the header has one column", async () => {
    expect((await detected("email\na@b.ch\n")).delimiter).to.equal(";");
  });

  it("looks at the first line that is not blank", async () => {
    expect((await detected("\n,,,,\n;\n \u00a0\nid,name\n")).delimiter).to.equal(",");
  });

  it("reads sep= in any case, with TAB, and not when quoted", async () => {
    expect(await detected("SEP=\t\na;b;c\n")).to.include({ delimiter: "\t", hasSepLine: true });
    expect(await detected('"sep=|";a;b\n')).to.include({ delimiter: ";", hasSepLine: false });
  });

  for (const [what, content, expected] of [
    ["a zip", Buffer.from("PK\x03\x04rest", "latin1"), { code: "FILE_NOT_CSV", found: "zip" }],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), { code: "FILE_NOT_CSV", found: "ole2" }],
    ["a PDF", Buffer.from("%PDF-1.7"), { code: "FILE_NOT_CSV", found: "pdf" }],
    ["a gzip", Buffer.from([0x1f, 0x8b, 8, 0, 1]), { code: "FILE_NOT_CSV", found: "gzip" }],
    ["a NUL byte in UTF-8", "id;name\nc1;\0\n", { code: "FILE_NOT_CSV", found: "nul" }],
    ["UTF-16 without its mark", Buffer.from("id;name", "utf16le"), { code: "FILE_NOT_CSV", found: "nul" }],
    ["a NUL in UTF-16", Buffer.from("\ufeffid;\0", "utf16le"), { code: "FILE_NOT_CSV", found: "nul" }],
    ["a UTF-8 mark before other bytes", Buffer.from("\xef\xbb\xbfid;\xe9", "latin1"), { code: "BAD_ENCODING" }],
    ["UTF-16 of an odd length", Buffer.from("\xff\xfei\0d", "latin1"), { code: "BAD_ENCODING" }],
    ["half a character in UTF-16", Buffer.from("\xff\xfe\x3d\xd8a\0", "latin1"), { code: "BAD_ENCODING" }],
  ] as const) {
    it(`refuses ${what}`, async () => {
      expect(await refusalOf(detected(content))).to.deep.equal(expected);
    });
  }

  for (const [file, expected] of [
    ["xlsx-renamed.csv", { code: "FILE_NOT_CSV", found: "zip" }],
    ["empty.csv", { code: "EMPTY_FILE" }],
    ["only-bom.csv", { code: "EMPTY_FILE" }],
    ["only-blank-lines.csv", { code: "NO_HEADER" }],
    ["mac-roman.csv", { code: "BAD_ENCODING" }],
  ] as const) {
    it(`refuses ${file}`, async () => {
      expect(await refusalOf(detectDialect(openFixture(file)))).to.deep.equal(expected);
    });
  }
});
