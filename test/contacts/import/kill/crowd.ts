import { encodeId } from "../../../../src/platform/graphql/opaque-id.js";
import type { TestDatabase } from "../../../support/database.js";
import type { TestInstitution } from "../../../support/rows.js";
import { header } from "../import-files.js";

/** An institution of many contacts, alike in each round but for their ids. */
export async function crowd(db: TestDatabase, count: number): Promise<TestInstitution> {
  const institution = await db.institution({ country: "CH", locale: "fr" });
  await db.owner.query(
    `WITH made AS (
       INSERT INTO contacts.contact (institution_id, contact_type, last_name, email, reference_code)
       SELECT $1, 'INDIVIDUAL', 'Muster', 'k' || n || '@example.org', 'R' || n FROM generate_series(0, $2 - 1) n ORDER BY n
       RETURNING *),
     roles AS (INSERT INTO contacts.contact_role (institution_id, contact_id, role) SELECT $1, id, 'PUBLIC' FROM made)
     INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level, has_email,
       sms, phone)
     SELECT $1, id, contact_type, confidentiality_level, true,
       CASE place % 3 WHEN 0 THEN true WHEN 1 THEN false END, CASE WHEN place % 5 = 0 THEN true END
     FROM (SELECT made.*, id - min(id) OVER () AS place FROM made) AS placed`,
    [institution.id, count],
  );
  await db.owner.query(
    `WITH defined AS (
       INSERT INTO contacts.criterion (institution_id, code, kind, applicability) VALUES ($1, 'INTEREST', 'MULTI_LIST', 'BOTH')
       RETURNING id)
     INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code)
     SELECT $1, id, code FROM defined CROSS JOIN unnest(ARRAY['OPERA', 'BALLET']) AS code`,
    [institution.id],
  );
  // an institution that the statistics do not know is planned for as an empty one
  await db.owner.query("ANALYZE contacts.contact, contacts.contact_address, marketing.contact_marketing");
  return institution;
}

/** What they shall authorize: rows of every outcome. */
export async function authorizationsFile(db: TestDatabase, { id }: TestInstitution): Promise<string> {
  const { rows } = await db.owner.query<{ id: string }>(
    "SELECT id FROM contacts.contact WHERE institution_id = $1 ORDER BY id",
    [id],
  );
  const lines = rows.map((contact, n) => {
    const key = n % 97 === 5 ? "unknown" : encodeId("Contact", contact.id);
    const old = ["TRUE", "FALSE", "Empty"][n % 3];
    // some of these are not true
    return `${key};${n % 11 === 3 ? "Empty" : old};${["FALSE", "TRUE", "TRUE"][n % 3]};${n % 7 === 1 ? "TRUE" : ""}`;
  });
  return ["contactId;[old]SMS;[new]SMS;[new]INSTITUTION_EMAIL", ...lines].join("\n");
}

/** What they shall become, with criteria and authorizations; some of them are new. */
export function contactsFile(count: number): string {
  const columns = header.split(";");
  const lines = Array.from({ length: count }, (_, n) => {
    const email = n % 10 === 9 ? `new${n}@example.org` : n % 89 === 7 ? "bad" : `k${n}@example.org`;
    const row: Record<string, string> = { email, lastName: n % 4 === 0 ? "Neu" : "", town: n % 5 === 0 ? "Bern" : "" };
    return [
      ...columns.map((column) => row[column] ?? ""),
      n % 2 === 0 ? "OPERA|BALLET" : "",
      ["T", "F", ""][n % 3],
    ].join(";");
  });
  return [`${header};INTEREST;SMS`, ...lines].join("\n");
}

/** By e-mail address, because ids differ from round to round; each table as one digest, which stays small. */
const tables: Readonly<Record<string, string>> = {
  contacts: `SELECT c.email, c.last_name, c.reference_code, c.search_name, c.version, a.town, a.country,
      (SELECT string_agg(w.word, ' ' ORDER BY w.word) FROM contacts.contact_word w
        WHERE w.institution_id = $1 AND w.contact_id = c.id) AS words
    FROM contacts.contact c LEFT JOIN contacts.contact_address a ON a.institution_id = $1 AND a.contact_id = c.id
    WHERE c.institution_id = $1`,
  authorizations: `SELECT c.email, m.institution_email, m.email AS by_email, m.sms, m.phone
    FROM marketing.contact_marketing m JOIN contacts.contact c ON c.institution_id = $1 AND c.id = m.contact_id
    WHERE m.institution_id = $1`,
  ledger: `SELECT c.email, l.source, l.actor, l.was_true, l.was_false, l.is_true, l.is_false, l.automatic, l.unverified
    FROM marketing.authorization_change l JOIN contacts.contact c ON c.institution_id = $1 AND c.id = l.contact_id
    WHERE l.institution_id = $1`,
  criteria: `SELECT c.email, h.value_code FROM contacts.contact_criterion h
    JOIN contacts.contact c ON c.institution_id = $1 AND c.id = h.contact_id WHERE h.institution_id = $1`,
  audit: `SELECT c.email, u.source, u.actor, u.entity, u.key, u.field, u.old_value, u.new_value
    FROM contacts.audit_contact u JOIN contacts.contact c ON c.institution_id = $1 AND c.id = u.contact_id
    WHERE u.institution_id = $1 AND u.field <> 'contactNumber'`,
  activities: `SELECT c.email, a.kind, a.source FROM contacts.activity a
    JOIN contacts.contact c ON c.institution_id = $1 AND c.id = a.contact_id WHERE a.institution_id = $1`,
  report: `SELECT r.line, r.outcome, r.problems, c.email, r.is_agreed, r.is_refused FROM contacts.import_row r
    LEFT JOIN contacts.contact c ON c.institution_id = $1 AND c.id = r.contact_id WHERE r.institution_id = $1`,
  undone: `SELECT u.line, u.outcome, u.problems FROM contacts.import_undo_row u WHERE u.institution_id = $1`,
  counters: `SELECT j.status, j.total, j.cursor_line, j.created, j.updated, j.unchanged, j.skipped, j.conflicts, j.errors,
      j.activities, j.undone, j.kept FROM contacts.import_job j WHERE j.institution_id = $1`,
};

/** Everything that an import, and its undo, leave in an institution, by table: how many rows, and their digest. */
export async function leftBehind(db: TestDatabase, { id }: TestInstitution): Promise<Record<string, string>> {
  const left: Record<string, string> = {};
  for (const [name, query] of Object.entries(tables)) {
    const { rows } = await db.owner.query<{ text: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS text FROM (${query}) t`,
      [id],
    );
    left[name] = rows[0]!.text;
  }
  return left;
}
