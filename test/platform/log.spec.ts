import { expect } from "chai";
import { CodedError } from "../../src/platform/errors/coded-error.js";
import { createLog } from "../../src/platform/log.js";

function logged(error: unknown): { text: string; err: Record<string, unknown> } {
  const lines: string[] = [];
  createLog("info", { write: (line) => void lines.push(line) }).error({ err: error }, "it failed");
  const text = lines.join("");
  return { text, err: JSON.parse(text).err };
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("the log", () => {
  it("keeps of an error of PostgreSQL its code and names, not its values", () => {
    const error = Object.assign(new Error('duplicate key value violates unique constraint "contact_email"'), {
      code: "23505",
      constraint: "contact_email",
      table: "contact",
      detail: "Key (email)=(ada@private.example) already exists.",
      where: "COPY contact, line 3: ada@private.example",
    });

    const { text, err } = logged(error);

    expect(err).to.include({ code: "23505", constraint: "contact_email", table: "contact" });
    expect(text).not.to.include("ada@private.example");
  });

  const values: [what: string, error: unknown][] = [
    ["a quoted text", new Error('invalid input syntax for type date: "Ada Lovelace"')],
    ["a text quoted and escaped", new Error('cannot read "Ada \\" Lovelace" here')],
    ["a text that is cut off", new Error(`bad value "Ada Lovelace${"x".repeat(600)}"`)],
    ["an address", new Error("no mailbox for Ada.Lovelace@private.example here")],
    ["what JSON.parse repeats", thrownBy(() => JSON.parse("Ada Lovelace"))],
    ["a telephone number", new Error("Ada.Lovelace@x.y has the number +41 79 555 01 02")],
    [
      "the error behind it",
      new CodedError("SERVICE_UNAVAILABLE", "gone", {}, new Error("Key (name)=(Ada Lovelace) exists")),
    ],
  ];
  for (const [what, error] of values) {
    it(`leaves out ${what}`, () => {
      const { text } = logged(error);

      expect(text).not.to.match(/Ada|Lovelace|555/);
    });
  }

  it("says where it happened, and why", () => {
    const { err } = logged(new CodedError("SERVICE_UNAVAILABLE", "gone", {}, new TypeError("fetch failed")));

    expect(err.frames).to.satisfy((frames: string[]) => frames.some((frame) => frame.includes("log.spec")));
    expect(err.cause).to.include({ type: "TypeError", message: "fetch failed" });
  });
});
