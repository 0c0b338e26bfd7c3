import { noteRead } from "../../platform/access/confidential-reads.js";
import type { OperationContext } from "../../platform/context.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { contactLoader } from "../contact.loader.js";
import { authorizationCodes, authorizationValue } from "./authorization.js";
import { wordingOf } from "./event.service.js";
import { type EventRow, selectStanding } from "./events.sql.js";
import { selectInstitutionName } from "./institution.sql.js";
import type { ConsentReceipt } from "./receipt.type.js";

/** Counts up when a reader of the older form would misread the newer one. */
const schema = "contact-file-graph/consent-receipt/1";

/**
 * What a contact has said, when, how and by which words. Null when no contact has this id, or none that the caller may
 * see, when authorizations are withheld, for a structure, and for an anonymized contact.
 */
export async function consentReceipt(context: OperationContext, contactId: string): Promise<ConsentReceipt | null> {
  const key = decodeId("Contact", contactId);
  const contact = key === null ? null : await contactLoader(context).load(key);
  if (key === null || !contact?.authorizations?.length) return null;
  const [name, standing] = await Promise.all([
    selectInstitutionName(context.db),
    selectStanding(context.db, [key], null),
  ]);
  for (const { contactId: id, contactLevel } of standing) noteRead(context, id, contactLevel);
  const issuedAt = context.now();
  const receipt = {
    schema,
    issuedAt,
    institution: { code: context.caller.institution, name },
    contact: { id: contactId },
    authorizations: authorizationCodes.flatMap((code) => entryOf(standing.find((row) => row.code === code))),
  };
  return { contactId, issuedAt, json: JSON.stringify(receipt) };
}

function entryOf(row: EventRow | undefined): object[] {
  if (!row) return [];
  const { code, newValue, at, source, actorKind, isAutomatic, id } = row;
  const wording = wordingOf(row);
  const shown = wording && {
    locale: wording.locale,
    version: wording.version,
    publishedAt: wording.publishedAt,
    text: wording.text,
  };
  const eventId = encodeId("AuthorizationEvent", id);
  return [
    { code, value: authorizationValue(newValue), since: at, source, actorKind, isAutomatic, eventId, wording: shown },
  ];
}
