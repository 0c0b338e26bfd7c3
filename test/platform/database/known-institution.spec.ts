import { expect } from "chai";
import { systemSession } from "../../../src/platform/database/system-session.js";
import { inTransaction } from "../../../src/platform/database/transaction.js";
import { useDatabase } from "../../support/database.js";
import type { TestInstitution } from "../../support/rows.js";

describe("statistics that do not know an institution", () => {
  const db = useDatabase();

  const crowd = ({ id }: TestInstitution, people: number) =>
    db.owner.query(
      `INSERT INTO contacts.contact (institution_id, contact_type, last_name)
       SELECT $1, 'INDIVIDUAL', 'Muster' FROM generate_series(1, $2)`,
      [id, people],
    );

  /** How many tables were analysed for it. */
  async function know({ id }: TestInstitution): Promise<number> {
    const services = db.services();
    return inTransaction(services.pools.bulk, systemSession(services, id), async (sql) => {
      const { rows } = await sql.query<{ met: number }>("SELECT platform.know_institution() AS met");
      return rows[0]!.met;
    });
  }

  async function expected({ id }: TestInstitution): Promise<number> {
    const { rows } = await db.superuser(
      `EXPLAIN (FORMAT JSON) SELECT FROM contacts.contact WHERE institution_id = ${id}`,
    );
    return rows[0]["QUERY PLAN"][0].Plan["Plan Rows"];
  }

  it("are renewed for one that has many rows, and then left alone", async () => {
    await db.institution();
    await crowd(db.home, 2_000);

    expect(await know(db.home)).to.be.at.least(1);

    expect(await expected(db.home)).to.equal(2_000);
    expect(await know(db.home)).to.equal(0);
  });

  it("are renewed for one that came since they were made, not for one that has few rows", async () => {
    const [many, few] = [await db.institution(), await db.institution()];
    await db.owner.query("ANALYZE");
    await crowd(few, 50);
    await crowd(many, 1_000);

    expect(await know(few)).to.equal(0);
    expect(await expected(many)).to.be.below(10);
    expect(await know(many)).to.equal(1);

    expect(await expected(many)).to.be.within(900, 1_100);
  });
});
