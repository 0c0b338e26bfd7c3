import type pg from "pg";
import { phoneKey } from "../../src/contacts/search/phone-key.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { shippedRoles } from "../../src/platform/access/permissions.js";
import type { Clock } from "../../src/platform/clock.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";

export interface TestInstitution {
  readonly id: number;
  readonly code: string;
  readonly timeZone: string;
}

export interface InstitutionWish {
  readonly timeZone?: string;
  readonly country?: string;
  readonly locale?: "en" | "fr" | "es";
}

export interface ContactWish {
  readonly institution?: TestInstitution;
  readonly type?: "INDIVIDUAL" | "STRUCTURE";
  /** 0 FREE (as when left out), 1 RESTRICTED, 2 CONFIDENTIAL. */
  readonly level?: Clearance;
  readonly title?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly structureName?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly mobile?: string;
  /** YYYY-MM-DD, as all days. */
  readonly birthDate?: string;
  readonly language?: string;
  readonly referenceCode?: string;
  readonly validityEndDate?: string;
  readonly anonymizedAt?: Date;
  /** PUBLIC when left out. */
  readonly roles?: readonly string[];
}

export interface TestContact {
  /** The database's id; the API shows the opaque one. */
  readonly id: string;
  readonly opaqueId: string;
  readonly contactNumber: string;
}

let institutions = 0;

/** A new institution with the roles that are shipped. */
export async function insertInstitution(owner: pg.Pool, wish: InstitutionWish = {}): Promise<TestInstitution> {
  const { timeZone = "Europe/Zurich", country = "CH", locale = "fr" } = wish;
  const code = `house-${++institutions}`;
  const { rows } = await owner.query<{ id: number }>(
    `INSERT INTO platform.institution (code, name, time_zone, country, locale)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [code, `House ${institutions}`, timeZone, country, locale],
  );
  const { id } = rows[0]!;
  for (const [role, permissions] of Object.entries(shippedRoles)) {
    await owner.query("INSERT INTO privacy.role (institution_id, code, permissions) VALUES ($1, $2, $3)", [
      id,
      role,
      permissions,
    ]);
  }
  return { id, code, timeZone };
}

/** A contact with marketing's copy of it and its roles, as its module would have written them. No audit. */
export async function insertContact(
  owner: pg.Pool,
  clock: Clock,
  institutionId: number,
  wish: ContactWish,
): Promise<TestContact> {
  const { type = wish.structureName ? "STRUCTURE" : "INDIVIDUAL", level = 0, roles = ["PUBLIC"] } = wish;
  const lastName = wish.lastName ?? (type === "INDIVIDUAL" ? "Muster" : undefined);
  const { rows } = await owner.query<{ id: string; number: string }>(
    `WITH contact AS (
       INSERT INTO contacts.contact (institution_id, contact_type, confidentiality_level, title, first_name, last_name,
         structure_name, email, phone, mobile, birth_date, language, reference_code, validity_end_date, anonymized_at,
         created_at, updated_at, phone_key, mobile_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16, $18, $19)
       RETURNING *),
     words AS (
       INSERT INTO contacts.contact_word (institution_id, contact_id, word)
       SELECT institution_id, id, word FROM contact
       CROSS JOIN LATERAL contacts.name_words(first_name, last_name, structure_name) AS word),
     copied AS (
       INSERT INTO marketing.contact_marketing (institution_id, contact_id, contact_type, confidentiality_level,
         validity_end_date, anonymized_at, has_email, has_mobile, has_phone, email_hash)
       SELECT institution_id, id, contact_type, confidentiality_level, validity_end_date, anonymized_at,
         email IS NOT NULL, mobile IS NOT NULL, coalesce(phone, mobile) IS NOT NULL, platform.address_hash(email_key)
       FROM contact),
     roles AS (
       INSERT INTO contacts.contact_role (institution_id, contact_id, role)
       SELECT institution_id, id, unnest($17::text[]) FROM contact)
     SELECT id, contact_number AS number FROM contact`,
    [
      institutionId,
      type,
      level,
      wish.title,
      wish.firstName,
      lastName,
      wish.structureName,
      wish.email,
      wish.phone,
      wish.mobile,
      wish.birthDate,
      wish.language,
      wish.referenceCode,
      wish.validityEndDate,
      wish.anonymizedAt,
      clock.now(),
      roles,
      wish.phone && phoneKey(wish.phone, "CH"),
      wish.mobile && phoneKey(wish.mobile, "CH"),
    ],
  );
  const { id, number } = rows[0]!;
  return { id, opaqueId: encodeId("Contact", id), contactNumber: number };
}
