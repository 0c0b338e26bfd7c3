import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { hasNotes } from "../notes/index.js";
import { ContactSymbol } from "./symbol.type.js";

const foundForSale = Symbol("found for sale");

/** A contact that was searched for from a cart: symbols are shown beside its name. */
export function forSale(contact: VisibleContact): VisibleContact {
  return Object.assign(contact, { [foundForSale]: true });
}

type Sign = (context: OperationContext, contact: VisibleContact) => Promise<boolean | null> | boolean | null;

/** What each symbol is shown for, one question for all contacts of a page. Null, and so no symbol, when it is withheld. */
const signs: Partial<Record<ContactSymbol, Sign>> = {
  [ContactSymbol.NOTE]: hasNotes,
  [ContactSymbol.BLOCKED]: (_, { isBlocked }) => isBlocked,
};

/** In their fixed order (F19). None outside a search from a cart; null when they are withheld. */
export async function contactSymbols(
  context: OperationContext,
  contact: VisibleContact,
): Promise<ContactSymbol[] | null> {
  if (!context.fields.may("Contact", "symbols")) return null;
  if (!(foundForSale in contact)) return [];
  const shown = await Promise.all(Object.values(ContactSymbol).map((symbol) => signs[symbol]?.(context, contact)));
  return Object.values(ContactSymbol).filter((_, index) => shown[index] === true);
}
