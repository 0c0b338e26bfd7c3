import "./alias.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { problem } from "../../platform/errors/user-error.js";
import { encodeId } from "../../platform/graphql/opaque-id.js";
import { refuse } from "../../platform/idempotency.js";
import { legalNotice } from "../../platform/legal-notices.js";
import { type ContactAnswer, contactToChange, type NoticeAnswer, refusal } from "../contact.change.js";
import { fieldNotAvailable } from "../contact.errors.js";
import { databaseId, listLoader, type VisibleContact } from "../contact.loaders.js";
import { touchContact } from "../contact.sql.js";
import { changePart, partToChange } from "../contact-part.js";
import {
  type AliasRow,
  deleteAlias,
  insertAlias,
  lockAlias,
  selectAliases,
  selectAliasOwner,
  selectIsAliasKept,
} from "./alias.sql.js";
import type { AddPaymentAliasInput, PaymentAlias, RemovePaymentAliasInput } from "./alias.type.js";
import { aliasProblems, aliasValues } from "./alias.validation.js";

const mostAliases = 20;

const aliasLoader = (context: OperationContext) => listLoader((ids) => selectAliases(context.db, ids));

/** The oldest first; null when aliases are withheld. */
export async function paymentAliases(
  context: OperationContext,
  contact: VisibleContact,
): Promise<PaymentAlias[] | null> {
  if (!context.fields.may("Contact", "paymentAliases")) return null;
  const rows = await context.once(aliasLoader).load(contact[databaseId]);
  return rows.map((row) => toAlias(context, row));
}

function toAlias(context: OperationContext, row: AliasRow): PaymentAlias {
  return context.fields.redact("PaymentAlias", { ...row, id: encodeId("PaymentAlias", row.id) });
}

type AddedAlias = NoticeAnswer & { paymentAlias: PaymentAlias | null };

/** Keeps an alias, with the instant of the buyer's consent and who confirmed it (F13, F14). */
export async function addPaymentAlias(context: OperationContext, input: AddPaymentAliasInput): Promise<AddedAlias> {
  const notice = await legalNotice(context, "ALIAS_CONSENT");
  const values = aliasValues(input);
  // that an alias is kept already tells what it is
  const mayCompare = context.fields.may("Contact", "paymentAliases") && context.fields.may("PaymentAlias", "alias");
  const problems = mayCompare ? aliasProblems(values, input) : [fieldNotAvailable("alias")];
  if (problems.length > 0) return { ...refusal(context, problems), paymentAlias: null, legalNotice: notice };
  const { part, ...answer } = await changePart(
    context,
    { mutation: "addPaymentAlias", input },
    async (db) => {
      const contact = await contactToChange(db, input.contactId, "contactId");
      await lockAlias(db, values.alias);
      if (await selectIsAliasKept(db, values.alias)) refuse(problem("ALIAS_EXISTS", ["alias"]));
      const kept = await selectAliases(db, [contact.id]);
      if (kept.length >= mostAliases) refuse(problem("TOO_MANY_ALIASES", ["contactId"], { maximum: mostAliases }));
      const id = await insertAlias(db, contact.id, values, notice.version);
      await touchContact(db, contact.id);
      return { contact: contact.id, part: id };
    },
    async (ids) => {
      const rows = await context.once(aliasLoader).load(ids.contact);
      const row = rows.find(({ id }) => id === ids.part);
      return row ? toAlias(context, row) : null;
    },
  );
  return { ...answer, paymentAlias: part, legalNotice: notice };
}

/** Forgets an alias. */
export async function removePaymentAlias(
  context: OperationContext,
  input: RemovePaymentAliasInput,
): Promise<ContactAnswer> {
  if (!context.fields.may("Contact", "paymentAliases")) return refusal(context, [fieldNotAvailable("id")]);
  const named = { id: input.id, type: "PaymentAlias", notFound: "PAYMENT_ALIAS_NOT_FOUND" };
  return changePart(
    context,
    { mutation: "removePaymentAlias", input },
    async (db) => {
      const ids = await partToChange(db, named, selectAliasOwner);
      if (!(await deleteAlias(db, ids.part))) refuse(problem("PAYMENT_ALIAS_NOT_FOUND", ["id"]));
      await touchContact(db, ids.contact);
      return ids;
    },
    async () => null,
  );
}
