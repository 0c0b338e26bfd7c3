import { expect } from "chai";
import { institutionFindings } from "./institution-rule.js";

describe("the rule that every table is compared with the institution (design 4)", () => {
  const good: Readonly<Record<string, string>> = {
    "an alias": "SELECT FROM contacts.contact c WHERE c.institution_id = $1 AND c.id = $2",
    "a lone table without alias": "SELECT FROM contacts.contact WHERE id = $2 AND $1::int = institution_id",
    "a join": `SELECT FROM contacts.contact c LEFT JOIN history.payment p ON p.institution_id = $1
      WHERE c.institution_id = $1`,
    "a statement in parts": `WITH changed AS (UPDATE contacts.contact SET a = 1 WHERE institution_id = $1 RETURNING old.a, new.b)
      INSERT INTO contacts.audit_contact (institution_id, a) SELECT $1, a FROM changed`,
    "rows of VALUES": "INSERT INTO contacts.contact (a, institution_id) VALUES (1, $1), (2, $1)",
    "the institution itself": "SELECT country FROM platform.institution WHERE id = $1",
    COPY: "COPY contacts.import_row (institution_id, line) FROM STDIN",
    "tables of PostgreSQL": "SELECT FROM pg_roles, unnest($1::int[])",
  };
  const bad: Readonly<Record<string, string>> = {
    nothing: "SELECT FROM contacts.contact c WHERE c.id = $1",
    "another column": "SELECT FROM contacts.contact c WHERE c.institution_id = c.id",
    "another table's column": `SELECT FROM contacts.contact c JOIN history.payment p ON p.institution_id = c.institution_id
      WHERE c.institution_id = $1`,
    "only one side of OR": "SELECT FROM contacts.contact WHERE institution_id = $1 OR id = $2",
    "another operator": "SELECT FROM contacts.contact WHERE institution_id >= $1",
    "a sub-select": `SELECT FROM contacts.contact c WHERE c.institution_id = $1
      AND EXISTS (SELECT FROM history.payment p WHERE p.payer_id = c.id)`,
    "a sub-select in FROM": "SELECT FROM (SELECT * FROM contacts.contact) c WHERE c.institution_id = $1",
    "a sub-select in a column":
      "SELECT (SELECT count(*) FROM contacts.contact) FROM history.payment WHERE institution_id = $1",
    "one side of UNION": `SELECT id FROM contacts.contact WHERE institution_id = $1 UNION ALL SELECT id FROM history.payment`,
    "a deletion's source": "DELETE FROM contacts.contact c USING history.payment p WHERE c.institution_id = $1",
    "an update": "UPDATE contacts.contact SET institution_id = $1 WHERE id = $2",
    "a written row": "INSERT INTO contacts.contact (institution_id, a) VALUES ($1, 1), (7, 2)",
    "a row out of another table": "INSERT INTO contacts.contact (institution_id) SELECT institution_id FROM changed",
    "an insert without the column": "INSERT INTO contacts.contact (id) VALUES ($1)",
    COPY: "COPY contacts.import_row (line) FROM STDIN",
  };

  for (const [title, text] of Object.entries(good))
    it(`accepts ${title}`, async () => {
      expect(await institutionFindings(text)).to.deep.equal([]);
    });

  for (const [title, text] of Object.entries(bad))
    it(`refuses ${title} without it`, async () => {
      expect(await institutionFindings(text)).to.have.length(1);
    });
});
