import type { OperationContext } from "../../platform/context.js";
import { type Locale, negotiateLocale } from "../../platform/i18n/locale.js";
import type { ContactType } from "../contact.enums.js";
import { type MenuEntry, menuOf } from "./menu.js";
import type { ContactFileMenuItem } from "./menu.type.js";

/**
 * The menu of a contact file with its labels.
 * @param wish a language tag; one without translation falls back to English. The request's own language when left out
 */
export function contactFileMenu(
  context: OperationContext,
  type: ContactType,
  wish: string | null,
): ContactFileMenuItem[] {
  const locale = wish === null ? context.locale : negotiateLocale(wish);
  return menuOf(type).map((item) => ({
    ...labelled(item, locale),
    tabs: (item.tabs ?? []).map((tab) => labelled(tab, locale)),
    isAvailable: item.isAvailable ?? true,
  }));
}

function labelled({ code, label }: MenuEntry, locale: Locale): { code: string; label: string } {
  return { code, label: label[locale] };
}
