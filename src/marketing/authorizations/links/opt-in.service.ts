import "../authorization.messages.js";
import { createHmac, randomUUID } from "node:crypto";
import { contactAnonymized } from "../../../contacts/index.js";
import type { OperationContext, Services } from "../../../platform/context.js";
import type { Sql } from "../../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../../platform/errors/user-error.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import { type Locale, locales } from "../../../platform/i18n/locale.js";
import { idempotent, refuse } from "../../../platform/idempotency.js";
import { queueMail } from "../../../platform/mail/index.js";
import { contactLoader } from "../../contact.loader.js";
import {
  authorizationNotApplicable,
  authorizationsMissing,
  authorizationsWithheld,
  duplicateCode,
  notHisOwn,
} from "../authorization.errors.js";
import { contactToChange } from "../authorization.service.js";
import { selectState } from "../authorization.sql.js";
import { selectWordingsInForce } from "../wording.sql.js";
import { countOptIns, insertOptIn, selectEmailKey } from "./opt-in.sql.js";
import type { RequestDoubleOptInInput, RequestDoubleOptInPayload } from "./opt-in.type.js";

/** How long a link can be used. */
export const optInDays = 7;
const dayMs = 86_400_000;
/** So that nobody's mailbox is filled by asking him again and again. */
const mostInADay = 5;

/**
 * Asks a contact by mail to agree. Nothing counts before he has opened the link and confirmed: the page behind it does
 * nothing by being looked at.
 */
export async function requestDoubleOptIn(
  context: OperationContext,
  input: RequestDoubleOptInInput,
): Promise<RequestDoubleOptInPayload> {
  const problems = inputProblems(context, input);
  if (problems.length > 0) return refusal(context, problems);
  const locale = (input.locale ?? context.locale) as Locale;
  const call = { mutation: "requestDoubleOptIn", key: input.idempotencyKey, input: { ...input, locale } };
  const done = await idempotent(context, call, (db) => ask(context, db, { ...input, locale }));
  if ("problems" in done) return refusal(context, done.problems);
  return { contact: await contactLoader(context).load(done.ids.contact), userErrors: [], warnings: [] };
}

async function ask(
  context: OperationContext,
  db: Sql,
  { contactId, codes, locale }: RequestDoubleOptInInput & { readonly locale: Locale },
): Promise<{ contact: string }> {
  const ids = await contactToChange(db, contactId);
  const { isStructure, isAnonymized, isValid } = await selectState(db, ids);
  if (isAnonymized) refuse(contactAnonymized("contactId"));
  if (isStructure) refuse(authorizationNotApplicable());
  if (!isValid) refuse(problem("CONTACT_INVALID", ["contactId"]));
  const emailKey = await selectEmailKey(db, ids);
  if (emailKey === null) return refuse(problem("CONTACT_WITHOUT_EMAIL", ["contactId"]));
  const now = context.now();
  const asked = await countOptIns(db, ids, new Date(now.getTime() - dayMs));
  if (asked >= mostInADay) refuse(problem("OPT_IN_TOO_OFTEN", ["contactId"], { maximum: mostInADay }));
  const inForce = await selectWordingsInForce(db, { locale });
  const subjectId = await insertOptIn(db, ids, {
    ...{ codes, locale },
    wordingVersions: codes.map((code) => inForce.find((wording) => wording.code === code)?.version ?? null),
    emailDigest: emailDigest(context.services, db.institutionId, emailKey),
    expiresAt: new Date(now.getTime() + optInDays * dayMs),
  });
  await sendMail(context, db, { contactId: ids[0]!, locale, subjectId });
  return { contact: ids[0]! };
}

/** Puts the mail on its way, and into the list of what was sent to the contact. */
async function sendMail(
  { ports }: OperationContext,
  db: Sql,
  mail: { readonly contactId: string; readonly locale: Locale; readonly subjectId: string },
): Promise<void> {
  const [shipmentId] = await ports.history.recordShipments(db, [
    {
      ...{ organization: null, externalId: `mail-${randomUUID()}`, contactId: mail.contactId },
      ...{ kind: "OTHER", channel: "EMAIL", state: "QUEUED" },
    },
  ]);
  await queueMail(db, { template: "DOUBLE_OPT_IN", ...mail, shipmentId });
}

/** By which an address is known again, and by nobody without the key. */
export function emailDigest({ secret }: Services, institutionId: number, emailKey: string): Buffer {
  return createHmac("sha256", secret)
    .update(JSON.stringify(["opt-in address", institutionId, emailKey]))
    .digest();
}

function inputProblems(context: OperationContext, { contactId, codes, locale }: RequestDoubleOptInInput): Problem[] {
  const { ownContactId } = context.caller;
  if (ownContactId !== null && decodeId("Contact", contactId) !== ownContactId) return [notHisOwn()];
  if (!context.fields.may("Contact", "authorizations")) return [{ ...authorizationsWithheld(), field: ["codes"] }];
  // whether there is an address is answered only to those who may see it
  if (!context.fields.may("Contact", "email")) return [{ ...authorizationsWithheld(), field: ["contactId"] }];
  if (codes.length === 0) return [{ ...authorizationsMissing(), field: ["codes"] }];
  const repeated = codes.findIndex((code, index) => codes.indexOf(code) < index);
  const isKnown = locale == null || locales.some((known) => known === locale);
  return [
    ...(repeated < 0 ? [] : [{ ...duplicateCode(codes[repeated]!, repeated), field: ["codes"] }]),
    ...(isKnown ? [] : [problem("UNKNOWN_LOCALE", ["locale"])]),
  ];
}

function refusal({ locale }: OperationContext, problems: readonly Problem[]): RequestDoubleOptInPayload {
  return { contact: null, userErrors: userErrors(problems, locale), warnings: [] };
}
