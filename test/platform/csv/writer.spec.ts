import { expect } from "chai";
import { encodeCsvText, formatCsvRow, spreadsheetDialect, writeCsv } from "../../../src/platform/csv/index.js";
import { collect } from "./files.js";

describe("the CSV writer (rule 6.2)", () => {
  const dialect = spreadsheetDialect();

  it("writes for spreadsheets: byte order mark, semicolon, CRLF", async () => {
    const chunks = await collect(
      writeCsv(
        [
          ["id", "name"],
          ["c1", "Zoé"],
        ],
        dialect,
      ),
    );

    expect(Buffer.concat(chunks)).to.deep.equal(Buffer.from("\ufeffid;name\r\nc1;Zoé\r\n"));
  });

  it("quotes as RFC 4180 says, whatever the delimiter", () => {
    expect(formatCsvRow(['say "hi"', "a;b", "a,b", "a\tb", "x\ny", "x\ry", "plain"], dialect)).to.equal(
      '"say ""hi""";"a;b";"a,b";"a\tb";"x\ny";"x\ry";plain\r\n',
    );
    expect(formatCsvRow(["a|b", "c"], { ...dialect, delimiter: "|", lineEnd: "\n" })).to.equal('"a|b"|c\n');
  });

  it("puts one apostrophe before all that could be a formula, or looks guarded already", () => {
    const values = ["=1", "+1", "-1", "@a", "\0x", "'x", "'=x", "1=1", ""];

    expect(formatCsvRow(values, dialect)).to.equal("'=1;'+1;'-1;'@a;'\0x;''x;''=x;1=1;\r\n");
    expect(formatCsvRow(["\tx", "\rx"], dialect)).to.equal('"\'\tx";"\'\rx"\r\n');
  });

  it("keeps a header from looking like a sep= line", () => {
    expect(formatCsvRow(["sep=x"], dialect)).to.equal('"sep=x"\r\n');
  });

  it("writes a question mark for what Windows-1252 lacks", () => {
    const bytes = encodeCsvText("é€Œ łĳ😀\u0081\ud800", { encoding: "windows-1252" });

    expect(bytes.toString("hex")).to.equal("e9808c203f3f3f3f3f");
  });
});
