import type { Texts } from "../../platform/i18n/locale.js";
import { ContactType } from "../contact.enums.js";

/** A menu item of the contact file, or a tab within one. */
export interface MenuEntry {
  readonly code: string;
  readonly label: Texts;
  readonly tabs?: readonly MenuEntry[];
  /** Only structures have it. */
  readonly structuresOnly?: true;
  /** False: the place is named, but no data describes it yet. */
  readonly isAvailable?: false;
}

const entry = (code: string, en: string, fr: string, es: string, more: Partial<MenuEntry> = {}): MenuEntry => ({
  code,
  label: { en, fr, es },
  ...more,
});

/** The tabs of the item Information. */
const informationTabs: readonly MenuEntry[] = [
  entry("SUMMARY", "Summary", "Résumé", "Resumen"),
  entry("GENERAL", "General", "Général", "General"),
  entry("MARKETING", "Marketing", "Marketing", "Marketing"),
  entry("MANAGEMENT", "Management", "Gestion", "Gestión"),
  entry("ADMINISTRATION", "Administration", "Administration", "Administración"),
  entry("NOTES", "Notes", "Notes", "Notas"),
];

/** The vertical menu, in its order. Source: specification 001 and 002; what structures add, SecuTix's page on them. */
const menu: readonly MenuEntry[] = [
  entry("INFORMATION", "Information", "Information", "Información", { tabs: informationTabs }),
  entry("RELAYS", "Relays", "Relais", "Relés", { structuresOnly: true }),
  entry("MEMBERS", "Members", "Membres", "Miembros", { structuresOnly: true }),
  entry("SUBSIDIARIES", "Subsidiaries", "Filiales", "Filiales", { structuresOnly: true }),
  entry("CONTRACTS", "Contracts", "Contrats", "Contratos", { structuresOnly: true, isAvailable: false }),
  entry("ADDRESSES", "Addresses", "Adresses", "Direcciones"),
  entry("CRITERIA", "Criteria", "Critères", "Criterios"),
  entry("INDICATORS", "Indicators", "Indicateurs", "Indicadores"),
  entry("PREFERRED_SEATS", "Preferred seats", "Places préférées", "Preferencia de asientos"),
  entry("CONNECTIONS", "Connections", "Connexions", "Conexiones"),
  entry("INTERACTIONS", "Interactions", "Interactions", "Interacciones"),
  entry("AUDIT", "Audit contact", "Audit du contact", "Auditoría del contacto"),
  // "billetterie" in French and "organismo" in Spanish name the same: the organization (F35)
  entry("SHIPMENTS", "Shipment list", "Liste des envois billetterie", "Lista de los envíos del organismo"),
  entry("PURCHASE_HISTORY", "Purchase history", "Historique d'achat", "Historial de compra"),
  entry("CULTURAL_HISTORY", "Cultural history", "Historique culturel", "Historial cultural"),
  entry("FINANCIAL_HISTORY", "Financial history", "Historique financier", "Historial financiero"),
];

/** The menu of a contact file of this type: 12 items for an individual, 16 for a structure (F02, F33). */
export function menuOf(type: ContactType): readonly MenuEntry[] {
  return menu.filter(({ structuresOnly }) => !structuresOnly || type === ContactType.STRUCTURE);
}
