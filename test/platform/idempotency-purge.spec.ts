import { expect } from "chai";
import { idempotencyPurge } from "../../src/platform/idempotency.task.js";
import { useDatabase } from "../support/database.js";

describe("idempotencyPurge", () => {
  const db = useDatabase();

  it("removes the keys of every institution that are 72 hours old, and no younger one", async () => {
    for (const { id } of [db.home, await db.institution()]) {
      for (const hours of [71, 73]) {
        await db.owner.query(
          `INSERT INTO platform.idempotency_key (institution_id, caller, mutation, key, input_digest, created_at)
           VALUES ($1, 'c', 'm', $2, '', $3)`,
          [id, `${hours} hours`, new Date(db.clock.now().getTime() - hours * 3_600_000)],
        );
      }
    }

    await idempotencyPurge(db.services()).run(new AbortController().signal);

    const { rows } = await db.owner.query(
      `SELECT DISTINCT key, count(*)::int FROM platform.idempotency_key GROUP BY key`,
    );
    expect(rows).to.deep.equal([{ key: "71 hours", count: 2 }]);
  });
});
