import { lockVisibleContacts } from "../../../contacts/index.js";
import type { OperationContext, Services } from "../../../platform/context.js";
import { inTransaction } from "../../../platform/database/transaction.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import type { LinkPayload } from "../../../platform/links/index.js";
import type { Contact } from "../../contact.type.js";
import { AuthorizationCode, authorizationCodes } from "../authorization.js";
import { selectState } from "../authorization.sql.js";
import { applyAuthorizations } from "../ledger.sql.js";
import { type LinkInstitution, linkInstitution, linkSession } from "./link-session.sql.js";
import { unsubscribePlace } from "./places.js";
import type { UnsubscribeLink } from "./unsubscribe.type.js";

/** Whose authorization a link withdraws. */
export interface Unsubscription {
  readonly institutionId: number;
  /** Database id. */
  readonly contactId: string;
  readonly code: AuthorizationCode;
}

/** The address by which a contact withdraws one authorization. It does not end: people unsubscribe from old mails. */
export function unsubscribeUrl({ links }: Services, { institutionId, contactId, code }: Unsubscription): string {
  return links.to(unsubscribePlace, [institutionId, contactId, authorizationCodes.indexOf(code)]);
}

/** The headers of a mail that lets its reader unsubscribe with one click (RFC 2369, RFC 8058). */
export function unsubscribeHeaders(url: string): { name: string; value: string }[] {
  return [
    { name: "List-Unsubscribe", value: `<${url}>` },
    { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
  ];
}

/** What whoever sends mails to a contact puts into them; null when withheld, for a structure, and when anonymized. */
export function unsubscribeLink(
  context: OperationContext,
  { id, authorizations }: Contact,
  code: AuthorizationCode,
): UnsubscribeLink | null {
  if (!context.fields.may("Contact", "unsubscribeLink") || !authorizations?.length) return null;
  const { institutionId } = context.caller;
  const url = unsubscribeUrl(context.services, { institutionId, contactId: decodeId("Contact", id)!, code });
  return { url, headers: unsubscribeHeaders(url) };
}

/** What a token stands for; null for none of ours. */
export function unsubscriptionOf({ links }: Services, token: string | null): Unsubscription | null {
  return toUnsubscription(links.read(unsubscribePlace, token));
}

function toUnsubscription(payload: LinkPayload | null): Unsubscription | null {
  const [institutionId, contactId, place] = payload ?? [];
  const code = authorizationCodes[Number(place)];
  if (typeof institutionId !== "number" || typeof contactId !== "string" || !code) return null;
  return { institutionId, contactId, code };
}

/**
 * Withdraws, for an invalid contact too. Of a contact who is gone or anonymized there is nothing left to
 * withdraw: that is no failure, he receives nothing.
 * @returns the institution; null when there is none
 */
export async function unsubscribe(
  services: Services,
  { institutionId, contactId, code }: Unsubscription,
): Promise<LinkInstitution | null> {
  const institution = await linkInstitution(services, institutionId);
  if (!institution) return null;
  const session = linkSession(services, { institutionId, id: contactId, timeZone: institution.timeZone }, "CONTACT");
  await inTransaction(services.pools.api, session, async (db) => {
    const ids = await lockVisibleContacts(db, [contactId]);
    if (ids.length === 0) return;
    const { isAnonymized, isStructure } = await selectState(db, ids);
    if (isAnonymized || isStructure) return;
    await applyAuthorizations(db, ids, [{ contactId, values: new Map([[code, false]]) }]);
  });
  return institution;
}
