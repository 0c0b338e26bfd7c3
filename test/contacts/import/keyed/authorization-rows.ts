import type { TestDatabase } from "../../../support/database.js";
import type { ContactWish, TestContact } from "../../../support/rows.js";

export type Value = "TRUE" | "FALSE" | "EMPTY";

const columns: Readonly<Record<string, string>> = {
  ...{ INSTITUTION_EMAIL: "institution_email", THIRD_PARTY_TRANSFER: "third_party_transfer" },
  ...{ PARTNER_COMMUNICATION: "partner_communication", EMAIL: "email", SMS: "sms", PHONE: "phone", LETTER: "letter" },
};
const stored = { TRUE: true, FALSE: false, EMPTY: null };

/** A contact who authorizes this; what is not named is EMPTY. */
export async function contactWith(
  db: TestDatabase,
  values: Readonly<Record<string, Value>>,
  wish: ContactWish = {},
): Promise<TestContact> {
  const contact = await db.insertContact(wish);
  for (const [code, value] of Object.entries(values))
    await db.owner.query(
      `UPDATE marketing.contact_marketing SET ${columns[code]} = $3 WHERE institution_id = $1 AND contact_id = $2`,
      [(wish.institution ?? db.home).id, contact.id, stored[value]],
    );
  return contact;
}

/** What a contact authorizes now, without what is EMPTY. */
export async function authorizationsOf(db: TestDatabase, { id }: { id: string }): Promise<Record<string, Value>> {
  const { rows } = await db.owner.query(`SELECT * FROM marketing.contact_marketing WHERE contact_id = $1`, [id]);
  return Object.fromEntries(
    Object.entries(columns).flatMap(([code, column]) =>
      rows[0][column] === null ? [] : [[code, rows[0][column] ? "TRUE" : "FALSE"]],
    ),
  );
}

export interface LedgerEntry {
  code: string;
  new_value: boolean | null;
  source: string;
  actor: string;
  job_id: string | null;
  is_automatic: boolean;
  is_verified: boolean;
}

/** The ledger of a contact. */
export async function ledgerOf(db: TestDatabase, { id }: { id: string }): Promise<LedgerEntry[]> {
  const { rows } = await db.owner.query<LedgerEntry>(
    `SELECT code, new_value, source, actor, job_id, is_automatic, is_verified
     FROM marketing.authorization_event WHERE contact_id = $1 ORDER BY id`,
    [id],
  );
  return rows;
}

/** How many changes of the contact count as activity (A8). */
export async function activitiesOf(db: TestDatabase, { id }: { id: string }): Promise<number> {
  const { rows } = await db.owner.query(
    "SELECT count(*)::int AS count FROM marketing.authorization_change WHERE contact_id = $1 AND is_true > 0",
    [id],
  );
  return rows[0].count;
}
