import { expect } from "chai";
import { useDatabase } from "../../support/database.js";

describe("useDatabase", () => {
  const db = useDatabase();

  it("serves contacts of the file's institution as the application's role", async () => {
    const { id } = await db.insertContact({ lastName: "Blanc" });

    const { rows } = await db.context.db.query(
      "SELECT id, last_name, current_user FROM contacts.contact WHERE id = $1",
      [id],
    );

    expect(rows).to.deep.equal([{ id, last_name: "Blanc", current_user: "contact_file_app" }]);
  });

  it("stands still in time until it is moved", async () => {
    const { rows } = await db.context.db.query("SELECT platform.now() AS now, platform.today() AS today");

    expect(rows).to.deep.equal([{ now: db.clock.now(), today: "2026-03-10" }]);
  });
});
