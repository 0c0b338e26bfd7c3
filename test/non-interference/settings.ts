import type { CallerKind } from "../../src/platform/access/caller.js";
import type { Clearance } from "../../src/platform/access/clearance.js";
import { FieldAccess, type FieldCatalogue, type RaisedLevels } from "../../src/platform/access/fields.js";
import { contactPermissions, type Permission, shippedRoles } from "../../src/platform/access/permissions.js";
import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { communities, crowd, known, type Side, tempting } from "./world.js";

/** Somebody who must not notice which of the two databases answers. */
export interface Asker {
  readonly name: string;
  readonly kind: CallerKind;
  readonly login: string;
  readonly roles: readonly string[];
  readonly clearance: Clearance;
}

/** An institution of its own, with what its callers may not see. */
export interface Setting {
  readonly name: string;
  readonly institutionId: number;
  readonly code: string;
  readonly raised: RaisedLevels;
  readonly askers: readonly Asker[];
  /** Its first caller is asked for more than the others, who differ from him in what is hidden, not in what answers. */
  readonly isThorough?: boolean;
  /** Whether the policies of the database hold as well; otherwise the statements stand alone. */
  readonly hasWall?: boolean;
  isHidden(contactId: number): boolean;
  levelOf(contactId: number, side: Side): Clearance;
}

/** A role of the tests: sees contacts, and neither histories, audits nor imports. */
export const roles: Readonly<Record<string, readonly Permission[]>> = { ...shippedRoles, READER: ["contact:read"] };

export const people = [...known, ...tempting];

const temptingIds = new Set([...tempting, ...crowd].map(({ id }) => id));
const asker = (name: string, kind: CallerKind, clearance: Clearance, ...roleCodes: string[]): Asker => ({
  name,
  kind,
  login: name.toLowerCase().replaceAll(" ", "."),
  roles: roleCodes,
  clearance,
});

/** RESTRICTED here and CONFIDENTIAL there, or the other way round: what is hidden may change its level. */
const aboveFree = (id: number, side: Side): Clearance => ((id + (side === "A" ? 0 : 1)) % 2 === 0 ? 1 : 2);
const aboveClearanceFree = {
  isHidden: (id: number) => temptingIds.has(id),
  levelOf: (id: number, side: Side) => (temptingIds.has(id) ? aboveFree(id, side) : 0),
};

const free: Setting = {
  name: "above FREE",
  institutionId: 101,
  isThorough: true,
  code: "house-free",
  raised: new Map(),
  askers: [
    asker("Free Operator", "OPERATOR", 0, "ADMINISTRATOR"),
    asker("Free Service", "SERVICE", 0, "TICKETING", "SAM"),
    asker("Free Partner", "PARTNER", 0, "PARTNER", "FRONT_DESK"),
  ],
  ...aboveClearanceFree,
};

const restrictedAreSeen = new Set([12, 16, 17]);
const restricted: Setting = {
  name: "above RESTRICTED",
  institutionId: 102,
  code: "house-restricted",
  raised: new Map(),
  hasWall: true,
  askers: [asker("Restricted Operator", "OPERATOR", 1, "CRM_MANAGER", "TICKETING")],
  isHidden: (id) => temptingIds.has(id),
  levelOf: (id) => (temptingIds.has(id) ? 2 : restrictedAreSeen.has(id) ? 1 : 0),
};

const ownContact = 11;
/** Of the own community, the only one whose file is FREE. */
const ownCommunity = 12;
const closedCommunity: readonly number[] = communities
  .filter(({ owner, member }) => owner === ownContact && member !== ownCommunity)
  .map(({ member }) => member);
const own: Setting = {
  name: "of others",
  institutionId: 103,
  isThorough: true,
  code: "house-own",
  raised: new Map(),
  askers: [
    { name: "Contact", kind: "CONTACT", login: encodeId("Contact", String(ownContact)), roles: [], clearance: 2 },
  ],
  isHidden: (id) => id !== ownContact && id !== ownCommunity,
  levelOf: (id, side) =>
    id === ownContact
      ? 2
      : id === ownCommunity
        ? 0
        : closedCommunity.includes(id)
          ? aboveFree(id, side)
          : (((id + (side === "A" ? 0 : 1)) % 3) as Clearance),
};

const reader: Setting = {
  name: "for which the permission lacks",
  institutionId: 104,
  code: "house-reader",
  raised: new Map(),
  askers: [asker("Reader", "OPERATOR", 0, "READER")],
  ...aboveClearanceFree,
};

const groups = 4;

/** Institutions that raised fields, each a part of those that can be raised: together all. */
function raising(catalogue: FieldCatalogue): Setting[] {
  const shipped = Object.entries(catalogue).flatMap(([type, fields]) =>
    Object.entries(fields).flatMap(([field, { level }]) => (level === 0 ? [`${type}.${field}`] : [])),
  );
  return Array.from({ length: groups }, (_, group) => ({
    name: `in raised fields, part ${group + 1}`,
    institutionId: 110 + group,
    code: `house-raised-${group + 1}`,
    raised: new Map(shipped.filter((_field, index) => index % groups === group).map((field) => [field, 1 as const])),
    askers: [asker("Free Manager", "OPERATOR", 0, "CRM_MANAGER")],
    hasWall: group % 2 === 1,
    ...aboveClearanceFree,
  }));
}

export function settingsOf(catalogue: FieldCatalogue): Setting[] {
  return [free, restricted, own, reader, ...raising(catalogue)];
}

/** Where nobody calls from: the same ids and values, all of them hidden. */
export const elsewhere: Setting = {
  name: "of another institution",
  institutionId: 199,
  code: "house-elsewhere",
  raised: new Map(),
  askers: [],
  isHidden: () => true,
  levelOf: (id) => (id % 3) as Clearance,
};

/** Where there is nobody yet: whoever calls from here may do everything, and whatever he names is another institution's. */
export const empty: Setting & { readonly askers: readonly [Asker] } = {
  name: "of other institutions",
  institutionId: 198,
  code: "house-empty",
  raised: new Map(),
  askers: [asker("New Administrator", "OPERATOR", 2, ...Object.keys(roles))],
  isHidden: () => false,
  levelOf: () => 0,
};

export function permissionsOf({ kind, roles: codes }: Asker): ReadonlySet<Permission> {
  if (kind === "CONTACT") return new Set(contactPermissions);
  return new Set<Permission>(["authenticated", ...codes.flatMap((code) => roles[code] ?? [])]);
}

/** `Type.field` of what none of the setting's callers may see, even of contacts whom they see. */
export function withheldFields({ askers, raised }: Setting, catalogue: FieldCatalogue): string[] {
  const accesses = askers.map(
    (each) => new FieldAccess(catalogue, raised, { clearance: each.clearance, permissions: permissionsOf(each) }),
  );
  return Object.entries(catalogue).flatMap(([type, fields]) =>
    Object.keys(fields).flatMap((field) =>
      accesses.length > 0 && accesses.every((access) => !access.may(type, field)) ? [`${type}.${field}`] : [],
    ),
  );
}
