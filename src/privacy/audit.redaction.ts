import { ConfidentialityLevel, clearanceOf, levelOf } from "../platform/access/clearance.js";
import type { Redaction } from "../platform/access/fields.js";
import type { OperationContext } from "../platform/context.js";
import { encodeId } from "../platform/graphql/opaque-id.js";
import type { AuditRow } from "./audit.sql.js";
import type { AuditEntry } from "./audit-entry.type.js";

/** The field of `Contact` that an entry tells of, by the entity that changed, or by it and its field; the contact itself names it. */
const fieldsOfEntities: Readonly<Record<string, string>> = {
  Address: "addresses",
  Authorization: "authorizations",
  Bounce: "bounceStatus",
  Campaign: "campaigns",
  Role: "roles",
  Connection: "connections",
  "Connection.community": "community",
  InternetAccount: "internetAccount",
  Order: "purchaseHistory",
  PaymentAlias: "paymentAliases",
  Note: "notes",
  PreferredSeat: "preferredSeats",
  Criterion: "criteria",
  Interaction: "interactions",
  RetentionHold: "retentionHold",
};

/** Fields that no institution can withhold, and so stand in no catalogue (domain 1). */
const neverWithheld: ReadonlySet<string> = new Set([
  "id",
  "type",
  "contactNumber",
  "confidentialityLevel",
  "isValid",
  "anonymizedAt",
  "version",
]);

/** Where a row becomes an answer. An entry tells no more of a field than the field itself would (ring 4). */
export function toAuditEntry(context: OperationContext, row: AuditRow): AuditEntry {
  const requirement = withheld(context, row);
  const isKeyed = requirement && row.entity !== "Contact";
  return {
    // one digit says which module the number is of
    id: encodeId("AuditEntry", `${row.id}${row.module}`),
    at: row.at,
    actor: row.actor,
    actorKind: row.actorKind,
    source: row.source,
    entity: row.entity,
    key: requirement ? null : keyOf(row),
    field: row.field,
    oldValue: requirement ? null : row.oldValue,
    newValue: requirement ? null : row.newValue,
    redactions: requirement
      ? [...(isKeyed ? ["key"] : []), "oldValue", "newValue"].map((field) => ({ ...requirement, field }))
      : [],
  };
}

/** The type of the id that an entry's key is: a connection is named by the other contact. */
const idsOfEntities: Readonly<Record<string, string>> = {
  Campaign: "Campaign",
  Connection: "Contact",
  Order: "Order",
  PaymentAlias: "PaymentAlias",
  Note: "Note",
  PreferredSeat: "PreferredSeat",
  Interaction: "Interaction",
};

function keyOf({ entity, key }: AuditRow): string | null {
  const type = idsOfEntities[entity];
  return type && key !== null ? encodeId(type, key) : key;
}

function withheld(context: OperationContext, row: AuditRow): Omit<Redaction, "field"> | null {
  const found = [fieldWithheld(context, row), ownFieldWithheld(context, row), criterionWithheld(context, row)].filter(
    (each) => each !== null,
  );
  found.sort((a, b) => clearanceOf(b.requiredClearance) - clearanceOf(a.requiredClearance));
  return found[0] ?? null;
}

/** A criterion has a level of its own beside that of criteria as a whole. */
function criterionWithheld(
  { caller }: OperationContext,
  { criterionLevel }: AuditRow,
): Omit<Redaction, "field"> | null {
  if (criterionLevel === null || criterionLevel <= caller.clearance) return null;
  return { requiredClearance: levelOf(criterionLevel), requiredPermission: null };
}

/** What hangs on a contact may have fields with levels of their own, such as the description of an interaction. */
function ownFieldWithheld(context: OperationContext, { entity, field }: AuditRow): Omit<Redaction, "field"> | null {
  if (entity === "Contact") return null;
  return context.fields.withheld(entity).find((redaction) => redaction.field === field) ?? null;
}

function fieldWithheld(context: OperationContext, { entity, field }: AuditRow): Omit<Redaction, "field"> | null {
  const ofContact = entity === "Contact" ? field : (fieldsOfEntities[`${entity}.${field}`] ?? fieldsOfEntities[entity]);
  if (ofContact !== undefined && Object.hasOwn(context.services.catalogue.Contact ?? {}, ofContact)) {
    return context.fields.withheld("Contact").find((redaction) => redaction.field === ofContact) ?? null;
  }
  if (entity === "Contact" && neverWithheld.has(field)) return null;
  // nobody said how confidential it is: a field of an older version, or of a newer one
  const requiredClearance = ConfidentialityLevel.CONFIDENTIAL;
  const isCleared = context.caller.clearance >= clearanceOf(requiredClearance);
  return isCleared ? null : { requiredClearance, requiredPermission: null };
}
