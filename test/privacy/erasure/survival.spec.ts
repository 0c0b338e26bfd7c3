import { expect } from "chai";
import type { Sql } from "../../../src/platform/database/sql.js";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { eraseContacts } from "../../../src/privacy/erasure/index.js";
import { useDatabase } from "../../support/database.js";
import { type FullFile, fillFile } from "./full-file.js";
import { dump } from "./markers.js";
import { ProductGraph } from "./product-graph.js";

/** Dies at its statement of this number, as a process that is killed does: nothing is said to the server any more. */
function dyingAt(sql: Sql, fatal: number): Sql & { count: number } {
  const dying = {
    institutionId: sql.institutionId,
    count: 0,
    query: ((...parameters: Parameters<Sql["query"]>) => {
      if (++dying.count === fatal) throw new Error("killed");
      return sql.query(...parameters);
    }) as Sql["query"],
  };
  return dying;
}

describe("an erasure that is killed (7.1)", function () {
  this.timeout(120_000);
  const db = useDatabase();
  let graph: ProductGraph;
  let file: FullFile;
  let statements = 0;

  /** @param fatal the statement that it does not survive; 0: none */
  function erase(fatal: number): Promise<unknown> {
    const order = { contacts: [{ id: file.id, outcome: "ANONYMIZE" as const }], rule: "MANUAL" };
    return inTransaction(graph.services.pools.bulk, systemSession(graph.services, db.home.id), async (sql) => {
      const dying = dyingAt(sql, fatal);
      await eraseContacts(graph.services, dying, order);
      statements = dying.count;
      // what a trial erases comes back
      if (fatal < 0) throw new Error("killed");
    }).catch((error: Error) => error.message);
  }

  const everything = async () =>
    JSON.stringify([...(await dump(db))].filter(([table]) => !table.startsWith("pgboss.")));

  before(async () => {
    graph = new ProductGraph(db);
    file = await fillFile(db, graph);
  });

  it("has done all or nothing, at whichever statement it dies", async () => {
    const before = await everything();
    expect(await erase(-1)).to.equal("killed");
    const count = statements;
    expect(count).to.be.above(50);
    const step = Math.ceil(count / 6);

    for (let fatal = 1 + (Date.now() % step); fatal <= count; fatal += step) {
      expect(await erase(fatal)).to.equal("killed");
      expect(await everything(), `after statement ${fatal}`).to.equal(before);
    }

    await erase(0);
    const left = file.markers.foundIn([...(await dump(db)).values()].join("\n"));
    expect(left).to.deep.equal([]);
  });

  it("never shows half of it to anybody who looks meanwhile", async () => {
    const other = await fillFile(db, graph);
    const looks: string[] = [];
    const look = async () => {
      const { rows } = await db.owner.query(
        `SELECT (c.anonymized_at IS NULL)::text || ' ' || (c.email IS NOT NULL)::text || ' ' || EXISTS (
           SELECT FROM contacts.note n WHERE n.contact_id = c.id)::text || ' ' || EXISTS (
           SELECT FROM history.sales_order o WHERE o.purchaser_id = c.id AND o.own_remark IS NOT NULL)::text AS seen
         FROM contacts.contact c WHERE c.id = $1`,
        [other.id],
      );
      looks.push(rows[0].seen);
    };
    const session = systemSession(graph.services, db.home.id);
    await inTransaction(graph.services.pools.bulk, session, async (sql) => {
      const watched: Sql = {
        institutionId: sql.institutionId,
        query: (async (...parameters: Parameters<Sql["query"]>) => {
          await look();
          return sql.query(...parameters);
        }) as Sql["query"],
      };
      await eraseContacts(graph.services, watched, {
        contacts: [{ id: other.id, outcome: "ANONYMIZE" }],
        rule: "MANUAL",
      });
    });
    await look();

    expect([...new Set(looks)]).to.deep.equal(["true true true true", "false false false false"]);
  });
});
