import "./community.messages.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem } from "../../platform/errors/user-error.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { type Locale, locales } from "../../platform/i18n/locale.js";
import { refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import { createAccount } from "../accounts/index.js";
import { purchaseRefusals } from "../blocking/index.js";
import { type ContactAnswer, changeContact, contactToChange, type NoticeAnswer, refusal } from "../contact.change.js";
import { ContactRole, ContactType } from "../contact.enums.js";
import { contactNotFound, fieldNotApplicable, fieldNotAvailable } from "../contact.errors.js";
import { contactValues, missingName, withheld } from "../contact.service.js";
import { type ContactValues, insertContact } from "../contact.sql.js";
import { contactProblems } from "../contact.validation.js";
import { insertRole } from "../contact-lists.sql.js";
import { admitMember, countCommunity, insertMember } from "./community.sql.js";
import type { CreateContactOnBehalfInput } from "./community.type.js";
import { sendPrivacyMail } from "./privacy-mail.js";

/** More than a family or a group of friends. What a caller sees stands in each of his sessions, so it stays short. */
const largestCommunity = 200;

/**
 * Creates the contact of somebody else, in the community of an internet user (F58). With a login the person gets the
 * privacy information by mail (F59); without one the creator has confirmed that he informs the person himself (F60).
 */
export async function createContactOnBehalf(
  context: OperationContext,
  input: CreateContactOnBehalfInput,
): Promise<NoticeAnswer> {
  const notice = input.createLogin ? null : await legalNotice(context, "CREATION_ON_BEHALF");
  return { ...(await create(context, input, notice?.version ?? null)), legalNotice: notice };
}

/** @param noticeVersion of what the owner has confirmed; null with a login */
async function create(
  context: OperationContext,
  input: CreateContactOnBehalfInput,
  noticeVersion: number | null,
): Promise<ContactAnswer> {
  const values = contactValues(input);
  const ownerId = ownerOf(context, input);
  const problems = [...ownerId.problems, ...inputProblems(context, input, values)];
  if (problems.length > 0 || ownerId.id === null) return refusal(context, problems);
  const owner = ownerId.id;
  const answer = await changeContact(context, "createContactOnBehalf", input, async (db) => {
    const ownersKey = await lockOwner(db, owner, context.now());
    const id = await insertContact(db, ContactType.INDIVIDUAL, values, await admitMember(db));
    await insertRole(db, id, ContactRole.PUBLIC);
    await insertMember(db, ownersKey, id, noticeVersion);
    await context.ports.marketing.copyContacts(db, [id]);
    if (input.createLogin && values.email) {
      await createAccount(db, id, values.email, "email");
      await sendPrivacyMail(context.ports.history, db, { contactId: id, locale: localeOf(context, values) });
    }
    context.admitToCommunity(id);
    return id;
  });
  return answer;
}

/** Whose community it is: for a caller who is a contact, his own and no other. */
function ownerOf(
  { caller }: OperationContext,
  { ownerId }: CreateContactOnBehalfInput,
): { id: string | null; problems: Problem[] } {
  if (caller.ownContactId === null)
    return { id: ownerId ?? null, problems: ownerId == null ? [problem("FIELD_REQUIRED", ["ownerId"])] : [] };
  const own = encodeId("Contact", caller.ownContactId);
  return { id: own, problems: ownerId == null || ownerId === own ? [] : [contactNotFound("ownerId")] };
}

function inputProblems(
  context: OperationContext,
  { createLogin, legalMentionAcknowledged }: CreateContactOnBehalfInput,
  values: ContactValues,
): Problem[] {
  const login = createLogin ? ["internetAccount"] : [];
  return [
    ...missingName(ContactType.INDIVIDUAL, values),
    ...withheld(context, [...Object.keys(values), ...login]),
    // the refusal of one who is blocked tells of it
    ...(context.fields.may("Contact", "isBlocked") ? [] : [fieldNotAvailable("ownerId")]),
    ...contactProblems(ContactType.INDIVIDUAL, values, context.today()),
    ...(createLogin && !values.email ? [problem("EMAIL_REQUIRED_FOR_LOGIN", ["email"])] : []),
    ...(createLogin || legalMentionAcknowledged
      ? []
      : [problem("LEGAL_MENTION_NOT_ACKNOWLEDGED", ["legalMentionAcknowledged"])]),
  ];
}

/** The owner's database id; refuses one that may not buy, or who has enough members. */
async function lockOwner(db: Sql, ownerId: string, now: Date): Promise<string> {
  const owner = await contactToChange(db, ownerId, "ownerId");
  if (owner.type !== ContactType.INDIVIDUAL) refuse(fieldNotApplicable("ownerId"));
  const [refusals] = await purchaseRefusals(db, [owner.id], now);
  if (refusals?.reasons.includes("INVALID")) refuse(problem("OWNER_INVALID", ["ownerId"]));
  if (refusals?.reasons.includes("BLOCKED")) refuse(problem("OWNER_BLOCKED", ["ownerId"]));
  const [{ count } = { count: 0 }] = await countCommunity(db, [owner.id], "owner");
  if (count >= largestCommunity) refuse(problem("COMMUNITY_FULL", ["ownerId"], { maximum: largestCommunity }));
  return owner.id;
}

/** The person's language, where the product speaks it; else that of who gives us the data. */
function localeOf(context: OperationContext, { language }: ContactValues): Locale {
  return locales.find((locale) => locale === language) ?? context.locale;
}
