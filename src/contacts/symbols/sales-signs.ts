import type { OperationContext } from "../../platform/context.js";
import type { Texts } from "../../platform/i18n/locale.js";
import { databaseId, listLoader, type VisibleContact } from "../contact.loaders.js";
import { type HoldingRow, selectCredits, selectHoldings } from "./symbol.sql.js";

const until: Texts = { en: "until", fr: "jusqu'au", es: "hasta el" };

const holdingLoader = ({ db }: OperationContext) => listLoader((ids) => selectHoldings(db, ids));
const creditLoader = ({ db }: OperationContext) => listLoader((ids) => selectCredits(db, ids));

/** The fields (`Type.field`) that a symbol gives away, and those that its text names. */
const given = {
  MEMBERSHIP: {
    shown: ["Contact.memberships", "Membership.state"],
    named: ["Membership.product", "Product.name"],
  },
  ADVANTAGE: { shown: ["Contact.advantages", "Advantage.state"], named: ["Advantage.name"] },
  CREDIT_BALANCE: { shown: ["Contact.balances"], named: [] },
} as const;

const maySee = ({ caller, fields }: OperationContext, names: readonly string[]): boolean =>
  caller.permissions.has("history:read") && names.every((name) => fields.may(...(name.split(".") as [string, string])));

/**
 * What the contact holds of this kind today: its names, with their last day. Null for nothing, and when it is withheld;
 * empty when only the names are.
 */
export async function holdings(
  context: OperationContext,
  contact: VisibleContact,
  kind: HoldingRow["kind"],
): Promise<string[] | null> {
  const { shown, named } = given[kind];
  if (!maySee(context, shown)) return null;
  const rows = (await context.once(holdingLoader).load(contact[databaseId])).filter((row) => row.kind === kind);
  if (rows.length === 0) return null;
  if (!maySee(context, named)) return [];
  return rows.map(({ name, validTo }) => (validTo === null ? name : `${name} (${until[context.locale]} ${validTo})`));
}

/** What each organization owes the contact, in the currency of its catalogue. Null for nothing, or withheld balances. */
export async function credits(context: OperationContext, contact: VisibleContact): Promise<string[] | null> {
  if (!maySee(context, given.CREDIT_BALANCE.shown)) return null;
  const rows = await context.once(creditLoader).load(contact[databaseId]);
  if (rows.length === 0) return null;
  return rows.map(({ organization, currency, amount }) => `${organization}: ${currency} ${amount}`);
}
