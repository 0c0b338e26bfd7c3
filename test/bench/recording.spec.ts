import { setImmediate as turn } from "node:timers/promises";
import type { ExecutionRequest, Executor } from "@graphql-tools/utils";
import { expect } from "chai";
import { exchange, RequestRecorder, recordStatements } from "../../bench/harness/recording.js";
import { useDatabase } from "../support/database.js";

const from = { variables: { id: "Q29udGFjdDo3" }, values: ["7"] };
const to = { variables: { id: "Q29udGFjdDo4" }, values: ["8"] };

describe("a recording of what the product sends", () => {
  const db = useDatabase();

  it("holds the statements, by transaction", async () => {
    const { db: sql } = db.context;

    const waves = await recordStatements(async () => {
      await Promise.all([sql.query("/* one */ SELECT $1::text", ["a"]), sql.query("/* two */ SELECT 2")]);
      await sql.query("/* three */ SELECT 3");
    });

    expect(waves).to.deep.equal([
      [
        { text: "/* one */ SELECT $1::text", values: ["a"] },
        { text: "/* two */ SELECT 2", values: [] },
      ],
      [{ text: "/* three */ SELECT 3", values: [] }],
    ]);
  });

  it("tells requests that were under way together from those that came after", async () => {
    const recorder = new RequestRecorder();
    const executor = recorder.watch((async () => turn({})) as Executor);
    const request = {} as ExecutionRequest;

    await executor(request);
    await Promise.all([executor(request), executor(request)]);

    expect(recorder.sent.map(({ stage }) => stage)).to.deep.equal([1, 2, 2]);
  });

  it("is told for another contact, however deep the first one stands in it", () => {
    const at = new Date();
    const recorded = { representations: [{ __typename: "Contact", id: "Q29udGFjdDo3" }], ids: ["7"], limit: 7, at };

    expect(exchange(recorded, from, to)).to.deep.equal({
      representations: [{ __typename: "Contact", id: "Q29udGFjdDo4" }],
      ids: ["8"],
      limit: 7,
      at,
    });
  });
});
