import { expect } from "chai";
import fc from "fast-check";
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
