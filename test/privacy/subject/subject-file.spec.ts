import { setImmediate as turn } from "node:timers/promises";
import { expect } from "chai";
import { subjectFile } from "../../../src/privacy/subject/subject-file.js";

const head = {
  institution: "House",
  at: new Date("2026-03-10T10:00:00Z"),
  timeZone: "Europe/Zurich",
  locale: "en",
} as const;
const columns = [{ name: "seat", label: "Seat" }];

describe("the file of an export", () => {
  it("takes rows as slowly as it is read, so that memory stays flat for any number, and none when nobody reads on", async () => {
    let taken = 0;
    let hasEnded = false;
    async function* endless() {
      try {
        for (;;) {
          yield Array.from({ length: 100 }, () => [`Row ${taken++} ${Math.random()}`]);
          await turn();
        }
      } finally {
        hasEnded = true;
      }
    }
    async function* tables() {
      yield { table: "history.ticket", title: "Tickets", columns, batches: endless() };
    }

    const file = subjectFile(head, tables());
    await new Promise((resolve) => file.once("readable", resolve));
    let before = -1;
    for (let turns = 0; turns < 400 || before !== taken; turns++) {
      before = taken;
      for (let wait = 0; wait < 50; wait++) await turn();
    }
    file.destroy();
    while (!hasEnded) await turn();

    // a piece of 64 KB here and there, and no more
    expect(taken).to.be.below(40_000);
  });

  it("ends with the fault of its rows, and no process with it", async () => {
    async function* faulty() {
      yield [["Row 1"]];
      throw new Error("the connection is gone");
    }
    async function* tables() {
      yield { table: "history.ticket", title: "Tickets", columns, batches: faulty() };
    }
    const file = subjectFile(head, tables()).resume();

    const error = await new Promise<Error>((resolve) => file.once("error", resolve));

    expect(error.message).to.equal("the connection is gone");
  });
});
