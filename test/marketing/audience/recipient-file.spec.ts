import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { expect } from "chai";
import fc from "fast-check";
import { type FileRow, recipientFile } from "../../../src/marketing/audience/export/recipient-file.js";
import { formatCsvRow, spreadsheetDialect } from "../../../src/platform/csv/index.js";
import { eventually } from "../../support/eventually.js";
import { unzipped } from "./unzipped.js";

describe("a file of recipients", () => {
  const at = new Date("2026-03-10T09:00:00Z");

  it("says the same in JSON and in CSV, whatever the values are", async () => {
    const unit = fc.constantFrom(..."aZ7 .@-_=+:/?&%,;\t\"'\\\n\r|é\u{1F3AD}\ud800", "sep=", "\0");
    const value = fc.option(fc.string({ unit, maxLength: 6 }));
    const row = fc.tuple(value, value, value);
    const names = ["id", "name", "email"];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 5 }), { maxLength: 4 }), async (batches) => {
        const files = unzipped(await buffer(recipientFile(names, Readable.from(batches), at)));

        const rows = batches.flat();
        const objects = rows.map((each) =>
          Object.fromEntries(names.flatMap((name, index) => (each[index] === null ? [] : [[name, each[index]]]))),
        );
        expect(files.get("recipients.jsonl")).to.equal(objects.map((each) => `${JSON.stringify(each)}\n`).join(""));
        const cells = [names, ...rows.map((each) => each.map((one) => one ?? ""))];
        const lines = cells.map((each) => formatCsvRow(each, spreadsheetDialect(",")));
        expect(files.get("recipients.csv")).to.equal(`\ufeff${lines.join("")}`.toWellFormed());
      }),
      { numRuns: 300 },
    );
  });

  it("ends with the fault of its rows, and no process with it", async () => {
    async function* faulty(): AsyncGenerator<readonly FileRow[]> {
      yield [["1", "Ana"]];
      throw new Error("the connection is lost");
    }
    const file = recipientFile(["id", "name"], faulty(), at).resume();

    const fault = await finished(file).catch((error: Error) => error);

    expect(fault).to.have.property("message", "the connection is lost");
  });

  it("takes no more rows when nobody reads it any more", async () => {
    let isEnded = false;
    async function* endless(): AsyncGenerator<readonly FileRow[]> {
      try {
        for (;;) yield [["1", "Ana"]];
      } finally {
        isEnded = true;
      }
    }
    const file = recipientFile(["id", "name"], endless(), at);
    await once(file, "readable");

    file.destroy();
    await once(file, "close");

    await eventually(
      async () => isEnded,
      (isIt) => isIt,
    );
  });
});
