import type { TestDatabase } from "../../../support/database.js";
import type { ContactWish, TestContact } from "../../../support/rows.js";

interface DefinitionWish {
  readonly code: string;
  readonly kind: "LIST" | "MULTI_LIST" | "YES_NO" | "FREE_TEXT";
  readonly applicability?: "INDIVIDUAL" | "STRUCTURE" | "BOTH";
  readonly isCompulsory?: boolean;
  readonly isActive?: boolean;
  readonly organization?: string;
  readonly level?: 0 | 1 | 2;
  /** Internal codes; those that end with `-` are out of use, those with `@X` are of the organization X. */
  readonly values?: readonly string[];
  /** In English, by internal code. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Defines a criterion in the file's own institution. */
async function define(db: TestDatabase, wish: DefinitionWish): Promise<void> {
  const { applicability = "BOTH", isCompulsory = false, isActive = true, organization = null, level = 0 } = wish;
  const { rows } = await db.owner.query(
    `INSERT INTO contacts.criterion (institution_id, code, kind, applicability, is_compulsory, is_active, organization, level)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [db.home.id, wish.code, wish.kind, applicability, isCompulsory, isActive, organization, level],
  );
  for (const [position, text] of (wish.values ?? []).entries()) {
    const [, code, inactive, , owner = null] = /^(\w+)(-)?(@(\w+))?$/.exec(text)!;
    await db.owner.query(
      `INSERT INTO contacts.criterion_value (institution_id, criterion_id, internal_code, label_en, organization, is_active, position)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [db.home.id, rows[0].id, code, wish.labels?.[code!] ?? null, owner, inactive === undefined, position],
    );
  }
}

/** Codes of a list, or a text. */
export type Held = readonly string[] | string;

/** A contact who has this. */
export async function contactHaving(
  db: TestDatabase,
  held: Readonly<Record<string, Held>>,
  wish: ContactWish = {},
): Promise<TestContact> {
  const contact = await db.insertContact(wish);
  for (const [code, value] of Object.entries(held)) await hold(db, contact, code, value);
  return contact;
}

/** Gives a contact a value of a criterion, in the place of what he had. */
export async function hold(db: TestDatabase, { id }: TestContact, code: string, value: Held): Promise<void> {
  const [codes, text] = typeof value === "string" ? [[""], value] : [value, null];
  await db.owner.query(
    `WITH d AS (SELECT id FROM contacts.criterion WHERE institution_id = $1 AND code = $3),
     gone AS (DELETE FROM contacts.contact_criterion h USING d WHERE h.institution_id = $1 AND h.contact_id = $2
       AND h.criterion_id = d.id AND h.value_code <> ALL ($4::text[]))
     INSERT INTO contacts.contact_criterion (institution_id, contact_id, criterion_id, value_code, text_value)
     SELECT $1, $2, d.id, unnest($4::text[]), $5 FROM d ON CONFLICT DO NOTHING`,
    [db.home.id, id, code, codes, text],
  );
}

/** What a contact has now, by criterion: texts as they are, codes joined by `|`. */
export async function criteriaOf(db: TestDatabase, { id }: TestContact): Promise<Record<string, string>> {
  const { rows } = await db.owner.query<{ code: string; value: string }>(
    `SELECT d.code, coalesce(max(h.text_value), string_agg(h.value_code, '|' ORDER BY h.value_code)) AS value
     FROM contacts.contact_criterion h
     JOIN contacts.criterion d ON d.institution_id = h.institution_id AND d.id = h.criterion_id
     WHERE h.contact_id = $1 GROUP BY d.code ORDER BY d.code`,
    [id],
  );
  return Object.fromEntries(rows.map(({ code, value }) => [code, value]));
}

/** The audit of a contact's criteria, and how many activities there are (A7), and his version. */
export async function traceOf(db: TestDatabase, { id }: TestContact) {
  const { rows: audit } = await db.owner.query(
    `SELECT field, old_value AS old, new_value AS new, source, actor FROM contacts.audit_contact
     WHERE contact_id = $1 AND entity = 'Criterion' ORDER BY id`,
    [id],
  );
  const { rows } = await db.owner.query(
    `SELECT version, (SELECT count(*)::int FROM contacts.activity a WHERE a.contact_id = c.id) AS activities
     FROM contacts.contact c WHERE id = $1`,
    [id],
  );
  return { audit, version: rows[0].version as number, activities: rows[0].activities as number };
}

/** The criteria of domain 6.8, and some more. */
export async function defineAll(db: TestDatabase): Promise<void> {
  const values = ["OPERA", "BALLET", "JAZZ-", "MUSEUM@MUSEUM"];
  await define(db, { code: "INTEREST", kind: "MULTI_LIST", values, labels: { BALLET: "Danse sur scène" } });
  await define(db, { code: "VIP", kind: "YES_NO" });
  await define(db, { code: "AGEGRP", kind: "LIST", isCompulsory: true, values: ["A18", "A26"] });
  await define(db, { code: "SECTOR", kind: "LIST", applicability: "STRUCTURE", values: ["EDU"] });
  await define(db, { code: "TASTE", kind: "FREE_TEXT" });
  await define(db, { code: "GONE", kind: "YES_NO", isActive: false });
  await define(db, { code: "THEIRS", kind: "YES_NO", organization: "MUSEUM" });
  await define(db, { code: "SECRET", kind: "YES_NO", level: 2 });
}
