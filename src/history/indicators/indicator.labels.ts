import type { Locale, Texts } from "../../platform/i18n/locale.js";
import { IndicatorCode, IndicatorLevel } from "./indicator.enums.js";

const text = (en: string, fr: string, es: string): Texts => ({ en, fr, es });

/** PMG is what SML is called in French and Spanish: one indicator, two names (F22). */
const labels: Readonly<Record<IndicatorCode, Texts>> = {
  ASSIDUITY: text("Assiduity", "Assiduité", "Asiduidad"),
  CHILDREN_PRODUCT: text("Children's products", "Produits enfants", "Productos infantiles"),
  MEMBERSHIP: text("Member", "Adhérent", "Miembro"),
  SML: text("SML (small, medium, large)", "PMG (petit, moyen, grand)", "PMG (pequeño, mediano, grande)"),
  SEASON_TICKET_HOLDER: text("Season-ticket holder", "Abonné", "Abonado"),
  SENIORITY: text("Seniority", "Ancienneté", "Antigüedad"),
  BALANCE: text("Balance", "Solde", "Saldo"),
};

const levelLabels: Readonly<Record<IndicatorLevel, Texts>> = {
  INACTIVE: text("Inactive", "Inactif", "Inactivo"),
  OCCASIONAL: text("Occasional", "Occasionnel", "Ocasional"),
  REGULAR: text("Regular", "Régulier", "Regular"),
  CONSTANT: text("Constant", "Assidu", "Constante"),
  NO: text("No", "Non", "No"),
  YES: text("Yes", "Oui", "Sí"),
  SMALL: text("Small", "Petit", "Pequeño"),
  MEDIUM: text("Medium", "Moyen", "Mediano"),
  LARGE: text("Large", "Grand", "Grande"),
  EVEN: text("Even", "À jour", "Al corriente"),
  DEBTOR: text("Debtor", "Débiteur", "Deudor"),
  CREDITOR: text("Creditor", "Créditeur", "Acreedor"),
  DEBTOR_AND_CREDITOR: text("Debtor and creditor", "Débiteur et créditeur", "Deudor y acreedor"),
};

export const indicatorLabel = (code: IndicatorCode, locale: Locale): string => labels[code][locale];

export const levelLabel = (level: IndicatorLevel | null, locale: Locale): string | null =>
  level && levelLabels[level][locale];
