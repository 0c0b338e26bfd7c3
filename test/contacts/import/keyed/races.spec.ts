import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import { authorizationsOf, contactWith } from "./authorization-rows.js";
import { contactHaving, criteriaOf, defineAll } from "./criterion-rows.js";
import { ImportDesk } from "./desk.js";

describe("imports of contacts who are being changed at that moment (6.4)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();
  before(() => defineAll(db));

  /** Changes a contact as a mutation does, and commits only when the import waits for him. */
  async function importWhile(contactId: string, change: string, start: () => ReturnType<ImportDesk["import"]>) {
    const other = await db.owner.connect();
    try {
      await other.query("BEGIN");
      await other.query("SELECT FROM contacts.contact WHERE id = $1 FOR UPDATE", [contactId]);
      await other.query(change, [contactId]);
      const ended = start();
      await eventually(
        () => db.superuser("SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'", [db.name]),
        ({ rowCount }) => rowCount === 1,
      );
      await other.query("COMMIT");
      return await ended;
    } finally {
      other.release();
    }
  }

  it("do not overwrite a refusal that is given meanwhile", async () => {
    const contact = await contactWith(db, {});
    const refuse = "UPDATE marketing.contact_marketing SET sms = false WHERE contact_id = $1";

    const report = await importWhile(contact.id, refuse, () =>
      desk.import(`contactId;[old]SMS;[new]SMS\n${contact.opaqueId};Empty;TRUE`),
    );

    expect(report.rows[0]).to.include({ outcome: "CONFLICT" });
    expect(await authorizationsOf(db, contact)).to.deep.equal({ SMS: "FALSE" });
  });

  it("do not overwrite a criterion that is set meanwhile", async () => {
    const contact = await contactHaving(db, {});
    const set = `INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code)
      SELECT d.institution_id, $1, d.id, 'BALLET' FROM contacts.criterion d WHERE d.code = 'INTEREST'`;

    const report = await importWhile(contact.id, set, () =>
      desk.import(`contactId;[old]INTEREST;[new]INTEREST\n${contact.opaqueId};Empty;OPERA`, { type: "CRITERIA" }),
    );

    expect(report.rows[0]).to.include({ outcome: "CONFLICT" });
    expect(await criteriaOf(db, contact)).to.deep.equal({ INTEREST: "BALLET" });
  });
});
