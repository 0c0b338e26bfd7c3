import { expect } from "chai";
import { importRetention } from "../../../src/contacts/index.js";
import { useDatabase } from "../../support/database.js";
import { fileOf } from "./import-files.js";
import { Importer } from "./importer.js";

describe("rows of imports", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  importer.runDuringTests();

  const days = (count: number) => count * 86_400_000;
  const never = new AbortController().signal;

  it("go 30 days after their import has ended, which stays, and not before", async () => {
    const { institution, context } = await importer.inNewInstitution();
    const content = fileOf({ email: "a@b.ch" }, { email: "bad" });
    const old = await importer.import(content, { context, mode: "CHECK" });
    db.clock.advance(days(29));
    const young = await importer.import(content, { context, mode: "CHECK" });
    const task = importRetention(importer.services);
    const rowsOf = async () => {
      const again = importer.operator({ institution });
      return [await importer.report(old.id, again), await importer.report(young.id, again)];
    };

    await task.run(never);
    const before = await rowsOf();
    db.clock.advance(days(1) + 1_000);
    await task.run(never);
    const after = await rowsOf();

    expect(before.map((report) => report!.rows.length)).to.deep.equal([2, 2]);
    expect(after.map((report) => report!.rows.length)).to.deep.equal([0, 2]);
    expect(after[0]!.counters).to.include({ wouldCreate: 1, errors: 1 });
    const { rows } = await db.owner.query(
      "SELECT job_id FROM contacts.import_plan_chunk WHERE institution_id = $1 GROUP BY job_id",
      [institution.id],
    );
    expect(rows).to.have.length(1);
  });
});
