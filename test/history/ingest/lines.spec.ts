import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import fc from "fast-check";
import { type Line, type LineLimits, lineLimits, readLines } from "../../../src/history/ingest/file/lines.js";
import { JobRefused } from "../../../src/platform/jobs/index.js";

describe("lines of a delivered file", () => {
  async function linesOf(pieces: readonly Buffer[], limits: Partial<LineLimits> = {}): Promise<Line[]> {
    const lines: Line[] = [];
    for await (const chunk of readLines(Readable.from(pieces), () => true, { ...lineLimits, ...limits }))
      lines.push(...chunk.lines);
    return lines;
  }

  it("are the same however the file is cut, packed or not", async () => {
    const content = fc.array(fc.string({ unit: "grapheme", maxLength: 12 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), fc.integer({ min: 1, max: 7 }), async (texts, isPacked, size) => {
        const clean = texts.map((text) => text.replaceAll(/[\r\n\uFEFF]/g, "").trim());
        const file = Buffer.from(clean.map((text) => `${text}\r\n`).join(""));
        const bytes = isPacked ? gzipSync(file) : file;
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, n * size + size),
        );

        const lines = await linesOf(pieces, { lines: 3 });

        const expected = clean.map((text, n) => [n + 1, text]).filter(([, text]) => text !== "");
        expect(lines.map(({ number, text }) => [number, text])).to.deep.equal(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("that are longer than a record may be are told, and not held", async () => {
    const long = Buffer.alloc(64 * 1024, 97);
    const pieces = [Buffer.from("one\n"), ...Array.from({ length: 64 }, () => long), Buffer.from("\nthree")];

    const lines = await linesOf(pieces, { lineBytes: 1_000 });

    expect(lines).to.deep.equal([
      { number: 1, text: "one", problem: null },
      { number: 2, text: null, problem: "RECORD_TOO_LONG" },
      { number: 3, text: "three", problem: null },
    ]);
  });

  it("end where a file unpacks to more than a delivery can be", async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));

    const refused = await linesOf([bomb], { totalBytes: 1_000_000 }).catch((error: Error) => error);

    expect(refused).to.be.instanceOf(JobRefused).and.to.include({ code: "FILE_TOO_LARGE" });
  });

  it("of a packed file that is cut off are a broken file", async () => {
    const packed = gzipSync(Buffer.from("one\ntwo\n".repeat(5_000)));

    const refused = await linesOf([packed.subarray(0, packed.length - 20)]).catch((error: Error) => error);

    expect(refused).to.include({ code: "FILE_BROKEN" });
  });

  it("pass on what goes wrong with the file itself", async () => {
    const file = new Readable({
      read() {
        this.push(Buffer.from("one\n"));
        this.destroy(new Error("the disk is gone"));
      },
    });

    const reading = async () => {
      for await (const _ of readLines(file, () => true));
    };

    expect(await reading().catch((error: Error) => error.message)).to.equal("the disk is gone");
  });
});
