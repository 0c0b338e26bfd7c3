import type { Sql } from "../../platform/database/sql.js";
import { visibleTo } from "../visibility.js";
import type { ConsentStatus } from "./community.type.js";

export interface MemberRow {
  id: string;
  /** The contact that was asked for. */
  contactId: string;
  /** The member of its community, or the owner of a community that it belongs to. */
  otherId: string;
  consentStatus: ConsentStatus;
  createdByOwner: boolean;
}

/** `owner`: members of the contact's community; `member`: owners of the communities that it belongs to. */
export type CommunitySide = "owner" | "member";

const bothVisible = `
  JOIN contacts.contact a ON a.institution_id = $1 AND a.id = m.owner_id AND ${visibleTo("a")}
  JOIN contacts.contact b ON b.institution_id = $1 AND b.id = m.member_id AND ${visibleTo("b")}`;

/**
 * A page of each contact's community, or of those that it belongs to; who joined first comes first. Both exist for the
 * caller.
 * @param limit per contact
 */
export async function selectCommunity(
  db: Sql,
  contactIds: readonly string[],
  { side, after, limit }: { side: CommunitySide; after: string; limit: number },
): Promise<MemberRow[]> {
  const far = side === "owner" ? "member" : "owner";
  const { rows } = await db.query<MemberRow>(
    `/* selectCommunity */
     SELECT page.id, asked.id AS "contactId", page.${far}_id AS "otherId", page.consent_status AS "consentStatus",
       page.created_by_owner AS "createdByOwner"
     FROM unnest($2::bigint[]) AS asked (id)
     CROSS JOIN LATERAL (
       SELECT m.* FROM contacts.community_member m ${bothVisible}
       WHERE m.institution_id = $1 AND m.${side}_id = asked.id AND m.id > $3::bigint
       ORDER BY m.id LIMIT $4) page
     ORDER BY asked.id, page.id`,
    [db.institutionId, contactIds, after, limit],
  );
  return rows;
}

/** How many members, or owners, of each contact the caller sees; those with none are left out. */
export async function countCommunity(
  db: Sql,
  contactIds: readonly string[],
  side: CommunitySide,
): Promise<{ contactId: string; count: number }[]> {
  const { rows } = await db.query<{ contactId: string; count: number }>(
    `/* countCommunity */
     SELECT m.${side}_id AS "contactId", count(*)::int AS count FROM contacts.community_member m ${bothVisible}
     WHERE m.institution_id = $1 AND m.${side}_id = ANY($2::bigint[]) GROUP BY m.${side}_id`,
    [db.institutionId, contactIds],
  );
  return rows;
}

/**
 * Takes the id of a contact that is to be made, and lets the rest of the transaction see it: a CONTACT may write only
 * what he may see.
 */
export async function admitMember(db: Sql): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* admitMember */
     SELECT made.id, set_config('app.community', '{' || concat_ws(',',
       nullif(btrim(coalesce(current_setting('app.community', true), ''), '{}'), ''), made.id) || '}', true)
     FROM (SELECT nextval('contacts.contact_id_seq')::text AS id) made`,
  );
  return rows[0]!.id;
}

/**
 * Puts a contact that its owner has made into his community, with the audit on both files.
 * @param noticeVersion of CREATION_ON_BEHALF, as the owner has confirmed it; null when he did not have to
 */
export async function insertMember(
  db: Sql,
  ownerId: string,
  memberId: string,
  noticeVersion: number | null,
): Promise<void> {
  await db.query(
    `/* insertMember */
     WITH changed AS (
       INSERT INTO contacts.community_member (institution_id, owner_id, member_id, created_by_owner, notice_version)
       VALUES ($1, $2, $3, true, $4)
       RETURNING owner_id, member_id, consent_status)
     INSERT INTO contacts.audit_contact (institution_id, contact_id, entity, key, field, new_value)
     SELECT $1, v.contact_id, 'Connection', v.other::text, 'community', consent_status
     FROM changed CROSS JOIN LATERAL (VALUES (owner_id, member_id), (member_id, owner_id)) AS v (contact_id, other)`,
    [db.institutionId, ownerId, memberId, noticeVersion],
  );
}

export interface PrivacyMailRow {
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  institution: string;
  /** The privacy policy of the ticket shop; null when none is known. */
  policyUrl: string | null;
}

/** What the privacy mail is written from. Null for a contact that is gone or anonymized. */
export async function selectPrivacyMail(db: Sql, contactId: string): Promise<PrivacyMailRow | null> {
  const { rows } = await db.query<PrivacyMailRow>(
    `/* selectPrivacyMail */
     SELECT c.email, c.first_name AS "firstName", c.last_name AS "lastName", i.name AS institution,
       (SELECT p.policy_url FROM contacts.point_of_sale p
        WHERE p.institution_id = $1 AND p.channels @> ARRAY['TICKET_SHOP'] ORDER BY p.id LIMIT 1) AS "policyUrl"
     FROM contacts.contact c JOIN platform.institution i ON i.id = $1
     WHERE c.institution_id = $1 AND c.id = $2 AND c.anonymized_at IS NULL AND ${visibleTo("c")}`,
    [db.institutionId, contactId],
  );
  return rows[0] ?? null;
}
