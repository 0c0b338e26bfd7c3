import { expect } from "chai";
import fc from "fast-check";
import { PackedRows } from "../../../src/platform/database/copy.js";
import { useDatabase } from "../../support/database.js";

describe("copyIn", () => {
  const db = useDatabase();

  it("brings every text and every null unchanged into the table", async () => {
    const text = fc.string({
      unit: fc.constantFrom("\\", "\t", "\n", "\r", "N", ".", "é", "\u{1F3AD}", "'", '"', ";"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(), fc.option(text)), { maxLength: 20 }), async (rows) => {
        const read = await db.context.bulkTransaction(async (sql) => {
          await sql.query(
            "CREATE TEMP TABLE copied (place int GENERATED ALWAYS AS IDENTITY, a int, b text) ON COMMIT DROP",
          );
          await sql.copyIn("copied (a, b)", rows);
          return sql.query<{ a: number; b: string | null }>("SELECT a, b FROM copied ORDER BY place");
        });

        expect(read.rows.map(({ a, b }) => [a, b])).to.deep.equal(rows);
      }),
      { numRuns: 30 },
    );
  });

  it("does the same with rows that were packed one by one, whatever their length", async () => {
    const unit = fc.constantFrom("\\", "\t", "\n", "N", "7", "é", "\u007f", "\u{1F3AD}");
    // around the length of a word that is looked at letter by letter, and beyond the bytes of a piece
    const text = fc
      .tuple(fc.string({ unit, maxLength: 30 }), fc.constantFrom(1, 1, 1, 2_000))
      .map(([word, times]) => word.repeat(times));
    const row = fc.tuple(fc.integer({ min: -12, max: 12_345 }), fc.option(text));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 200 }), async (rows) => {
        const packed = new PackedRows();
        for (const each of rows) packed.add(each);
        const read = await db.context.bulkTransaction(async (sql) => {
          await sql.query(
            "CREATE TEMP TABLE copied (place int GENERATED ALWAYS AS IDENTITY, a int, b text) ON COMMIT DROP",
          );
          await sql.copyIn("copied (a, b)", packed);
          return sql.query<{ a: number; b: string | null }>("SELECT a, b FROM copied ORDER BY place");
        });

        expect(read.rows.map(({ a, b }) => [a, b])).to.deep.equal(rows);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves the connection fit for use when the rows fail in the middle", async () => {
    const failing = function* () {
      yield [1, "a"] as const;
      throw new Error("no more rows");
    };

    const error = await db.context
      .bulkTransaction(async (sql) => {
        await sql.query("CREATE TEMP TABLE copied (a int, b text) ON COMMIT DROP");
        await sql.copyIn("copied (a, b)", failing());
      })
      .catch((reason: Error) => reason);

    expect(error).to.have.property("message", "no more rows");
    expect((await db.context.bulkTransaction((sql) => sql.query("SELECT 1 AS one"))).rows).to.deep.equal([{ one: 1 }]);
  });
});
