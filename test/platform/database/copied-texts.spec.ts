import { once } from "node:events";
import { Readable } from "node:stream";
import { expect } from "chai";
import fc from "fast-check";
import type { BulkSql } from "../../../src/platform/database/sql.js";
import { useDatabase } from "../../support/database.js";
import { faultOf } from "../../support/faults.js";

describe("texts", () => {
  const db = useDatabase();

  const run = <Result>(work: (sql: BulkSql) => Promise<Result>) => db.context.bulkTransaction(work);

  async function read(sql: BulkSql, query: string): Promise<(string | null)[][]> {
    const rows: (string | null)[][] = [];
    for await (const batch of sql.texts(query)) rows.push(...batch);
    return rows;
  }

  it("are what stands in the columns, whatever that is and however long", async () => {
    const unit = fc.constantFrom("\\", "\t", "\n", "\r", "\b", "\f", "\v", "N", "n", "é", "\u{1F3AD}", "'", "\u0001");
    const text = fc
      .tuple(fc.string({ unit, maxLength: 12 }), fc.constantFrom(1, 1, 1, 3_000))
      .map(([word, times]) => word.repeat(times));
    const row = fc.tuple(fc.option(text), fc.option(text));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
        const found = await run(async (sql) => {
          await sql.query(
            "CREATE TEMP TABLE given (place int GENERATED ALWAYS AS IDENTITY, a text, b text) ON COMMIT DROP",
          );
          await sql.copyIn("given (a, b)", rows);
          return read(sql, "/* given */ SELECT a, b FROM given ORDER BY place");
        });

        expect(found).to.deep.equal(rows);
      }),
      { numRuns: 40 },
    );
  });

  it("come in small batches, in their order, also those of a hundred thousand rows", async () => {
    const [sizes, numbers] = await run(async (sql) => {
      const [lengths, seen]: [number[], string[]] = [[], []];
      for await (const batch of sql.texts("/* many */ SELECT n, repeat('x', 50) FROM generate_series(1, 100000) n")) {
        lengths.push(batch.length);
        for (const [number] of batch) seen.push(number!);
      }
      return [lengths, seen] as const;
    });

    expect(Math.max(...sizes)).to.be.below(1_000);
    expect(numbers).to.deep.equal(Array.from({ length: 100_000 }, (_, index) => String(index + 1)));
  });

  it("leave the connection fit for the next statement when nobody takes the rest", async () => {
    const answer = await run(async (sql) => {
      for await (const batch of sql.texts("/* many */ SELECT n FROM generate_series(1, 500000) n")) {
        if (batch.length > 0) break;
      }
      return sql.query("SELECT 1 AS one");
    });

    expect(answer.rows).to.deep.equal([{ one: 1 }]);
  });

  it("end with the fault of who takes them, and the transaction with it", async () => {
    const fault = await faultOf(
      run(async (sql) => {
        for await (const _ of sql.texts("/* many */ SELECT n FROM generate_series(1, 500000) n"))
          throw new Error("enough");
      }),
    );

    expect(fault).to.have.property("message", "enough");
    expect((await run((sql) => sql.query("SELECT 1 AS one"))).rows).to.deep.equal([{ one: 1 }]);
  });

  it("leave the connection fit when they are read as a stream that fails", async () => {
    const answer = await run(async (sql) => {
      const stream = Readable.from(sql.texts("/* many */ SELECT n FROM generate_series(1, 500000) n"));
      await once(stream, "readable");
      stream.destroy(new Error("no room"));
      await once(stream, "error");
      return sql.query("SELECT 1 AS one");
    });

    expect(answer.rows).to.deep.equal([{ one: 1 }]);
  });

  it("leave it fit too when who is given their bytes fails", async () => {
    const fault = await faultOf(
      run((sql) =>
        sql.copyOut("/* many */ SELECT n FROM generate_series(1, 500000) n", () => {
          throw new Error("enough");
        }),
      ),
    );

    expect(fault).to.have.property("message", "enough");
    expect((await run((sql) => sql.query("SELECT 1 AS one"))).rows).to.deep.equal([{ one: 1 }]);
  });

  it("refuse another statement while they are taken, which both would wait for without end", async () => {
    const fault = await faultOf(
      run(async (sql) => {
        for await (const _ of sql.texts("/* many */ SELECT n FROM generate_series(1, 500000) n"))
          await sql.query("SELECT 1 AS one");
      }),
    );

    expect(fault).to.have.property("message", "texts of this db are being taken");
  });

  it("end with the fault of the statement, at once or in the middle", async () => {
    for (const first of [0, 90_000]) {
      const taken: string[] = [];
      const fault = await faultOf(
        run(async (sql) => {
          for await (const batch of sql.texts(`/* odd */ SELECT 1 / (n - ${first}) FROM generate_series(0, 99999) n`))
            taken.push(...batch.map(([value]) => value!));
        }),
      );

      expect([first, fault]).to.have.nested.property("[1].code", "22012");
      expect(taken.length).to.be.at.most(first);
    }
    expect((await run((sql) => sql.query("SELECT 1 AS one"))).rows).to.deep.equal([{ one: 1 }]);
  });
});
