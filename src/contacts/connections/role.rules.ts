import { ConnectionType, ContactRole, ContactType } from "../contact.enums.js";

/** The role that a connection gives to the contact where it starts. It comes and goes with the connection. */
export const roleOf: Readonly<Record<ConnectionType, ContactRole>> = {
  [ConnectionType.RELAY_OF]: ContactRole.RELAY,
  [ConnectionType.MEMBER_OF]: ContactRole.MEMBER,
  [ConnectionType.SUBSIDIARY_OF]: ContactRole.SUBSIDIARY,
};

/** The connection that a role stands for; null for a role of its own. */
export function connectionOfRole(role: ContactRole): ConnectionType | null {
  return Object.values(ConnectionType).find((type) => roleOf[type] === role) ?? null;
}

/** Structures have no relation to one structure as a person has. */
export function isApplicable(role: ContactRole, type: ContactType): boolean {
  return type === ContactType.INDIVIDUAL || (role !== ContactRole.RELAY && role !== ContactRole.MEMBER);
}

/** With a role more. A contact with a relation is no longer PUBLIC (domain 1). */
export function rolesWith(roles: readonly ContactRole[], role: ContactRole): ContactRole[] {
  const kept = connectionOfRole(role) === null ? roles : roles.filter((each) => each !== ContactRole.PUBLIC);
  return [...new Set([...kept, role])];
}

/** With a role less. An individual who would be left without any is PUBLIC again. */
export function rolesWithout(roles: readonly ContactRole[], role: ContactRole, type: ContactType): ContactRole[] {
  const left = roles.filter((each) => each !== role);
  return left.length === 0 && type === ContactType.INDIVIDUAL ? [ContactRole.PUBLIC] : left;
}
