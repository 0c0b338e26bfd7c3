import type { TestDatabase } from "../../support/database.js";
import type { Markers } from "./markers.js";

/** What a check of an import has found that it would change, as it is kept with its rows. Of no real job. */
export async function fillImports(db: TestDatabase, id: string, markers: Markers): Promise<void> {
  const text = (of: string) => markers.text(`import ${of}`);
  const fields = [{ field: "lastName", was: text("lastName before"), became: text("lastName after") }];
  const criteria = [{ id: 1, was: [""], is: [""], wasText: text("criterion before"), isText: text("criterion after") }];
  await db.owner.query(
    `INSERT INTO contacts.import_row (institution_id, job_id, line, outcome, contact_id, fields, criteria)
     VALUES ($1, 1000000000 + $2::bigint, 2, 'WOULD_UPDATE', $2, $3, $4)`,
    [db.home.id, id, JSON.stringify(fields), JSON.stringify(criteria)],
  );
}
