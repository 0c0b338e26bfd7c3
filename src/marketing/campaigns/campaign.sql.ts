import type { TokenClaims } from "../../platform/access/caller.js";
import type { Sql } from "../../platform/database/sql.js";
import type { CampaignChannel, CampaignState, CampaignType } from "./campaign.enums.js";

/** What a campaign is made of, as its owner sets it. */
export interface CampaignDefinition {
  readonly name: string;
  readonly subject: string | null;
  readonly type: CampaignType;
  readonly channel: CampaignChannel;
  /** PARTNER_COMMUNICATION or THIRD_PARTY_TRANSFER: has to be TRUE besides. */
  readonly authorization: string | null;
  readonly businessContactsOnly: boolean;
  /** Code; null: the institution itself. */
  readonly organization: string | null;
  /** Database ids of all three. */
  readonly targetIds: readonly string[];
  readonly orderIds: readonly string[];
  readonly productIds: readonly string[];
}

/** How many there are of each outcome; those of which there are none are left out. */
export type OutcomeCounts = Readonly<Record<string, number>>;

export interface CampaignRow extends CampaignDefinition {
  readonly id: string;
  readonly state: CampaignState;
  readonly scheduledAt: Date | null;
  readonly previewedAt: Date | null;
  readonly previewCounts: OutcomeCounts | null;
  readonly previewAt: Date | null;
  readonly clearance: 0 | 1 | 2;
  readonly owner: string;
  readonly ownerClaims: TokenClaims;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Who answers for a campaign: runs ask what his rights are worth then. */
export interface CampaignOwner {
  readonly clearance: number;
  readonly claims: TokenClaims;
}

const subjects = (kind: "ORDER" | "PRODUCT") => `array(SELECT s.subject_id::text FROM marketing.campaign_subject s
    WHERE s.institution_id = $1 AND s.campaign_id = c.id AND s.subject_kind = '${kind}' ORDER BY s.subject_id)`;

const columns = `c.id, c.name, c.subject, c.campaign_type AS type, c.channel, c.authorization_code AS authorization,
  c.business_only AS "businessContactsOnly", c.organization, c.state, c.scheduled_at AS "scheduledAt",
  c.previewed_at AS "previewedAt", c.preview_counts AS "previewCounts", c.preview_at AS "previewAt", c.clearance, c.owner,
  c.owner_claims AS "ownerClaims", c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
  array(SELECT t.target_id::text FROM marketing.campaign_target t
    WHERE t.institution_id = $1 AND t.campaign_id = c.id ORDER BY t.target_id) AS "targetIds",
  ${subjects("ORDER")} AS "orderIds", ${subjects("PRODUCT")} AS "productIds"`;

/** A campaign of somebody who sees more than the caller is not there for him: its counts would tell of whom he does not see. */
const visibleCampaign = "c.clearance <= nullif(current_setting('app.clearance', true), '')::smallint";

/** Campaigns of these ids that there are for the caller, in any order. */
export async function selectCampaigns(db: Sql, ids: readonly string[]): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `/* selectCampaigns */
     SELECT ${columns} FROM marketing.campaign c
     WHERE c.institution_id = $1 AND c.id = ANY($2::bigint[]) AND ${visibleCampaign}`,
    [db.institutionId, ids],
  );
  return rows;
}

/** The newest first. */
export async function selectCampaignPage(
  db: Sql,
  { before, limit, states }: { before: string | null; limit: number; states: readonly CampaignState[] | null },
): Promise<CampaignRow[]> {
  const { rows } = await db.query<CampaignRow>(
    `/* selectCampaignPage */
     SELECT ${columns} FROM marketing.campaign c
     WHERE c.institution_id = $1 AND ($2::bigint IS NULL OR c.id < $2) AND ${visibleCampaign}
       AND ($4::text[] IS NULL OR c.state = ANY($4))
     ORDER BY c.id DESC LIMIT $3`,
    [db.institutionId, before, limit, states],
  );
  return rows;
}

/** A campaign while the transaction lasts; null when there is none for the caller. */
export async function lockCampaign(db: Sql, id: string): Promise<CampaignRow | null> {
  const { rows } = await db.query<CampaignRow>(
    `/* lockCampaign */
     SELECT ${columns} FROM marketing.campaign c
     WHERE c.institution_id = $1 AND c.id = $2 AND ${visibleCampaign} FOR UPDATE OF c`,
    [db.institutionId, id],
  );
  return rows[0] ?? null;
}

/** What the audit tells of a campaign, by the name of the field. */
const audited: readonly (readonly [field: string, column: string])[] = [
  ["name", "name"],
  ["subject", "subject"],
  ["type", "campaign_type"],
  ["channel", "channel"],
  ["authorization", "authorization_code"],
  ["businessContactsOnly", "business_only"],
  ["organization", "organization"],
  ["owner", "owner"],
  ["state", "state"],
];

/** Of each audited field: its name, its text in one record, and in another. */
const auditedValues = (was: string, became: string) =>
  audited.map(([field, column]) => `('${field}', ${was}${column}::text, ${became}${column}::text)`).join(", ");

export async function insertCampaign(
  db: Sql,
  definition: CampaignDefinition,
  { clearance, claims }: CampaignOwner,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `/* insertCampaign */
     WITH inserted AS (
       INSERT INTO marketing.campaign (institution_id, name, subject, campaign_type, channel, authorization_code,
         business_only, organization, clearance, owner_claims)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING *),
     audited AS (
       INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, new_value)
       SELECT $1, i.id, f.field, f.became FROM inserted i
       CROSS JOIN LATERAL (VALUES ${auditedValues("i.", "i.")}) f (field, was, became) WHERE f.became IS NOT NULL)
     SELECT id FROM inserted`,
    [db.institutionId, ...columnsOf(definition), clearance, claims],
  );
  const { id } = rows[0]!;
  await replaceParts(db, id, definition);
  return id;
}

const columnsOf = (definition: CampaignDefinition) => [
  definition.name,
  definition.subject,
  definition.type,
  definition.channel,
  definition.authorization,
  definition.businessContactsOnly,
  definition.organization,
];

/**
 * Changes a locked campaign, with an audit row for each field that changes. It is a draft again, and its preview is
 * forgotten.
 * @param owner who owns it from now on; null: it stays as it is
 */
export async function updateCampaign(
  db: Sql,
  id: string,
  definition: CampaignDefinition,
  owner: CampaignOwner | null,
): Promise<void> {
  await db.query(
    `/* updateCampaign */
     WITH changed AS (
       UPDATE marketing.campaign c SET name = $3, subject = $4, campaign_type = $5, channel = $6,
         authorization_code = $7, business_only = $8, organization = $9, version = version + 1,
         updated_at = platform.now(), state = 'DRAFT', preview_counts = NULL, preview_at = NULL,
         clearance = coalesce($10, clearance), owner_claims = coalesce($11, owner_claims),
         owner = CASE WHEN $10::smallint IS NULL THEN owner ELSE current_setting('app.actor') END,
         owner_kind = CASE WHEN $10::smallint IS NULL THEN owner_kind ELSE current_setting('app.actor_kind') END
       WHERE c.institution_id = $1 AND c.id = $2
       RETURNING old AS was, new AS became)
     INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, old_value, new_value)
     SELECT $1, $2, f.field, f.was, f.became
     FROM changed CROSS JOIN LATERAL (VALUES ${auditedValues("(was).", "(became).")}) f (field, was, became)
     WHERE f.was IS DISTINCT FROM f.became`,
    [db.institutionId, id, ...columnsOf(definition), owner?.clearance, owner?.claims],
  );
  await replaceParts(db, id, definition);
}

async function replaceParts(db: Sql, id: string, definition: CampaignDefinition): Promise<void> {
  await replaceTargets(db, id, definition.targetIds);
  await replaceSubjects(db, id, definition);
}

/** Gives a campaign exactly these targets. */
async function replaceTargets(db: Sql, id: string, targetIds: readonly string[]): Promise<void> {
  await db.query(
    `/* replaceTargets */
     WITH gone AS (
       DELETE FROM marketing.campaign_target t
       WHERE t.institution_id = $1 AND t.campaign_id = $2 AND t.target_id <> ALL($3::bigint[]) RETURNING t.target_id),
     added AS (
       INSERT INTO marketing.campaign_target (institution_id, campaign_id, target_id)
       SELECT DISTINCT $1::int, $2::bigint, each FROM unnest($3::bigint[]) each ON CONFLICT DO NOTHING RETURNING target_id)
     INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, old_value, new_value)
     SELECT $1, $2, 'targets', target_id::text, NULL FROM gone
     UNION ALL SELECT $1, $2, 'targets', NULL, target_id::text FROM added`,
    [db.institutionId, id, targetIds],
  );
}

/** Makes a campaign be about exactly these orders and products. */
async function replaceSubjects(db: Sql, id: string, { orderIds, productIds }: CampaignDefinition): Promise<void> {
  const kinds = [...orderIds.map(() => "ORDER"), ...productIds.map(() => "PRODUCT")];
  await db.query(
    `/* replaceSubjects */
     WITH wanted AS (
       SELECT DISTINCT * FROM unnest($3::text[], $4::bigint[]) AS w (kind, id)),
     gone AS (
       DELETE FROM marketing.campaign_subject s
       WHERE s.institution_id = $1 AND s.campaign_id = $2
         AND (s.subject_kind, s.subject_id) NOT IN (SELECT w.kind, w.id FROM wanted w)
       RETURNING s.subject_kind, s.subject_id),
     added AS (
       INSERT INTO marketing.campaign_subject (institution_id, campaign_id, subject_kind, subject_id)
       SELECT $1, $2, w.kind, w.id FROM wanted w ON CONFLICT DO NOTHING RETURNING subject_kind, subject_id)
     INSERT INTO marketing.audit_campaign (institution_id, campaign_id, field, old_value, new_value)
     SELECT $1, $2, 'about', subject_kind || ' ' || subject_id, NULL FROM gone
     UNION ALL SELECT $1, $2, 'about', NULL, subject_kind || ' ' || subject_id FROM added`,
    [db.institutionId, id, kinds, [...orderIds, ...productIds]],
  );
}
