import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { hasNotes } from "../notes/index.js";
import { credits, holdings } from "./sales-signs.js";
import { ContactSymbol, type SymbolHint } from "./symbol.type.js";

const foundForSale = Symbol("found for sale");

/** A contact that was searched for from a cart: symbols are shown beside its name. */
export function forSale(contact: VisibleContact): VisibleContact {
  return Object.assign(contact, { [foundForSale]: true });
}

/** What is said of a symbol when a pointer rests on it; null where it is not shown. */
type Sign = (context: OperationContext, contact: VisibleContact) => Promise<string[] | null> | string[] | null;

const shownIf = (isShown: boolean | null): string[] | null => (isShown === true ? [] : null);

/** What each symbol is shown for, one question for all contacts of a page. Not shown when it is withheld. */
const signs: Partial<Record<ContactSymbol, Sign>> = {
  [ContactSymbol.MEMBERSHIP]: (context, contact) => holdings(context, contact, "MEMBERSHIP"),
  [ContactSymbol.ADVANTAGE]: (context, contact) => holdings(context, contact, "ADVANTAGE"),
  [ContactSymbol.NOTE]: async (context, contact) => shownIf(await hasNotes(context, contact)),
  [ContactSymbol.CREDIT_BALANCE]: credits,
  [ContactSymbol.BLOCKED]: (_, { isBlocked }) => shownIf(isBlocked),
};

/** In their fixed order (F19). None outside a search from a cart; null when they are withheld. */
export async function contactSymbolHints(
  context: OperationContext,
  contact: VisibleContact,
): Promise<SymbolHint[] | null> {
  if (!context.fields.may("Contact", "symbols")) return null;
  if (!(foundForSale in contact)) return [];
  const symbols = Object.values(ContactSymbol);
  const shown = await Promise.all(symbols.map((symbol) => signs[symbol]?.(context, contact) ?? null));
  return symbols.flatMap((symbol, index) => {
    const texts = shown[index];
    return texts ? [{ symbol, texts }] : [];
  });
}

/** As {@link contactSymbolHints}, the symbols alone. */
export async function contactSymbols(
  context: OperationContext,
  contact: VisibleContact,
): Promise<ContactSymbol[] | null> {
  const hints = await contactSymbolHints(context, contact);
  return hints?.map(({ symbol }) => symbol) ?? null;
}
