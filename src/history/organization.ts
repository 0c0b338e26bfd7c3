import type { Caller } from "../platform/access/caller.js";

/** An organization that nobody works for: codes are never empty. */
const none = "";

/**
 * Whose shipments and interactions a caller is shown (F28): those of one of his organizations, the first of his token
 * when he names none. An organization that is not his is as one that there is not. An internet user is shown those of
 * every organization, because they are about himself.
 * @param asked code
 * @returns the code; null for every organization; for none of them a code that none has
 */
export function listedOrganization({ organizations, ownContactId }: Caller, asked?: string | null): string | null {
  if (ownContactId !== null) return asked ?? null;
  const code = asked ?? organizations[0] ?? none;
  return organizations.includes(code) ? code : none;
}

/** The organization that a list says it is of; null when it is of every one, or of none. */
export const namedOrganization = (listed: string | null): string | null => listed || null;

/** True for what the caller may see of this organization; null: the institution's own. */
export function isOwnOrganization({ organizations, ownContactId }: Caller, organization: string | null): boolean {
  return organization === null || ownContactId !== null || organizations.includes(organization);
}
