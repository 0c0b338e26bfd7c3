import { createReadStream, type ReadStream } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { detectDialect, readCsv, readCsvBatches } from "../../../src/platform/csv/index.js";
import { collect, openBytes, openFixture, readAll } from "./files.js";

describe("readCsv (rules 6.3.3 to 6.3.6)", () => {
  it("reads what a French spreadsheet saves: semicolon, Windows-1252 (R42)", async () => {
    expect(await readAll(openFixture("windows-1252-semicolon.csv"))).to.deep.equal([
      [1, "contactId", "lastName", "[old]INTEREST", "[new]INTEREST"],
      [2, "c1", "Müller – «Zoé» 5 €", "OPERA", "BALLET"],
      [3, "c2", "Œuvré", "Empty", "OPERA"],
    ]);
  });

  it("reads 'Unicode text': UTF-16LE, TAB (R43)", async () => {
    expect(await readAll(openFixture("utf-16le-tab.csv"))).to.deep.equal([
      [1, "contactId", "lastName", "[old]INTEREST", "[new]INTEREST"],
      [2, "c1", "Dvořák", "OPERA", "BALLET"],
      [3, "c2", "Łódź\t😀", "Empty", "OPERA"],
    ]);
  });

  it("reads what an English spreadsheet saves: comma, UTF-8 without a mark (R44)", async () => {
    expect(await readAll(openFixture("utf-8-comma.csv"))).to.deep.equal([
      [1, "contactId", "lastName", "[new]INTEREST"],
      [2, "c1", "Dupont, père", "BALLET"],
      [3, "c2", "Zoé", ""],
    ]);
  });

  it("strips the byte order mark", async () => {
    expect((await readAll(openFixture("utf-8-bom-semicolon.csv")))[0]).to.deep.equal([
      1,
      "contactId",
      "lastName",
      "[new]INTEREST",
    ]);
    expect((await readAll(openFixture("utf-16be-semicolon.csv")))[0]).to.deep.equal([1, "contactId", "lastName"]);
  });

  it("ends lines at CR alone, and the last one at the end of the file", async () => {
    expect(await readAll(openFixture("cr-only.csv"))).to.deep.equal([
      [1, "contactId", "lastName"],
      [2, "c1", "Dupont"],
      [3, "c2", "Durand"],
    ]);
  });

  it("obeys a sep= line and does not count it", async () => {
    expect(await readAll(openFixture("sep-line.csv"))).to.deep.equal([
      [1, "contactId", "last,Name;x"],
      [2, "c1", "Dupont"],
    ]);
  });

  it("respects quotes, and counts a cell with line breaks once (R45)", async () => {
    expect(await readAll(openFixture("quoted.csv"))).to.deep.equal([
      [1, "contactId", "name", "note"],
      [2, "c1", "Dupont; fils", "first\r\nsecond\r\n\r\nlast"],
      [3, "c2", 'Théâtre "Le Lac"', '5" pipe'],
      [4, "c3", "plain", "x"],
    ]);
  });

  it("skips blank lines and lines of only delimiters, but counts them (R46)", async () => {
    expect(await readAll(openFixture("blank-lines.csv"))).to.deep.equal([
      [1, "contactId", "lastName", "note"],
      [3, "c1", "Dupont", "x"],
      [7, "c2", "Durand", "y"],
    ]);
    expect(await readAll(openFixture("blank-first.csv"))).to.deep.equal([
      [3, "contactId", "lastName", "note"],
      [4, "c1", "Dupont", "x"],
    ]);
  });

  it("takes one apostrophe off a guarded value, after trimming", async () => {
    const values = (await readAll(openFixture("guarded.csv"))).slice(1).map(([, , value]) => value);

    expect(values).to.deep.equal(["=1+1", "+41 21", "'quoted", "'plain", "@x", "\tx"]);
  });

  it("hands out rows of any length, for the caller to judge", async () => {
    expect(await readAll(openBytes("a;b\n1\n1;2;3\n"))).to.deep.equal([
      [1, "a", "b"],
      [2, "1"],
      [3, "1", "2", "3"],
    ]);
  });

  it("understands a quote doubled at the start of a value, line breaks and all", async () => {
    expect(await readAll(openBytes('a;b\n"""x"" y\nz";1\n'))).to.deep.equal([
      [1, "a", "b"],
      [2, '"x" y\nz', "1"],
    ]);
  });

  it("reads the same through chunks of one byte", async () => {
    const content = 'a;b\r\n"é\r\n""€""";😀\r\n\r\n;x\r\n';

    expect(await readAll(openBytes(content, 1))).to.deep.equal(await readAll(openBytes(content, 1000)));
  });

  it("yields batches of the size asked for, the rest in the last", async () => {
    const open = openBytes(`id\n${"x\n".repeat(50_000)}`, 100_000);

    const sizes = (await collect(readCsvBatches(open, await detectDialect(open), { batchSize: 20_000 }))).map(
      (batch) => batch.length,
    );

    expect(sizes).to.deep.equal([20_000, 20_000, 10_001]);
  });

  it("closes the file when the caller stops early", async () => {
    const streams: ReadStream[] = [];
    const open = () => {
      const stream = createReadStream(join(process.cwd(), "test/platform/csv/files/quoted.csv"));
      streams.push(stream);
      return stream;
    };

    for await (const { line } of readCsv(open, await detectDialect(open))) if (line === 1) break;

    expect(streams.map(({ destroyed }) => destroyed)).to.deep.equal([true, true]);
  });

  it("passes on the error of a file that cannot be opened", async () => {
    const error: NodeJS.ErrnoException = await detectDialect(openFixture("missing.csv")).catch((reason) => reason);

    expect(error.code).to.equal("ENOENT");
  });
});
