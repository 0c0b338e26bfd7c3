import { once } from "node:events";
import { finished } from "node:stream/promises";
import { expect } from "chai";
import { type FileRow, recipientFile } from "../../../src/marketing/audience/export/recipient-file.js";
import { eventually } from "../../support/eventually.js";

describe("a file of recipients", () => {
  const at = new Date("2026-03-10T09:00:00Z");

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
