import type { Locale, Texts } from "../i18n/locale.js";

/** What tables and columns are called towards the person whose data they hold. */
export interface PersonalLabels {
  /** By table, with its schema. */
  readonly tables: Readonly<Record<string, Texts>>;
  /** By column, or by table (without schema) and column where it is called something else there: `note.text`. */
  readonly columns: Readonly<Record<string, Texts>>;
}

export const texts = (en: string, fr: string, es: string): Texts => ({ en, fr, es });

/** Columns that are called the same in every module. */
const common: PersonalLabels["columns"] = {
  at: texts("On", "Le", "Fecha"),
  source: texts("Came from", "Provenance", "Origen"),
  entity: texts("What was changed", "Élément modifié", "Elemento modificado"),
  key: texts("Number or code", "Numéro ou code", "Número o código"),
  field: texts("Field", "Champ", "Campo"),
  old_value: texts("Before", "Avant", "Antes"),
  new_value: texts("After", "Après", "Después"),
  day: texts("Day", "Jour", "Día"),
  kind: texts("Kind", "Type", "Tipo"),
  organization: texts("Organization", "Organisme", "Organismo"),
  created_at: texts("Made on", "Créé le", "Creado el"),
  updated_at: texts("Last changed on", "Modifié le", "Modificado el"),
  anonymized_at: texts("Anonymized on", "Anonymisé le", "Anonimizado el"),
  confidentiality_level: texts("Confidentiality level", "Niveau de confidentialité", "Nivel de confidencialidad"),
  contact_type: texts("Type", "Type", "Tipo"),
  validity_end_date: texts("Valid until", "Valable jusqu'au", "Válido hasta el"),
  locale: texts("Language", "Langue", "Idioma"),
  record_id: texts("Number of the record", "Numéro de l'enregistrement", "Número del registro"),
  computed_at: texts("Worked out on", "Calculé le", "Calculado el"),
  reason: texts("Reason", "Motif", "Motivo"),
};

/** Names tables and columns in a language. One that nobody has named yet is called as the database calls it. */
export class Labels {
  readonly #tables: ReadonlyMap<string, Texts>;
  readonly #columns: ReadonlyMap<string, Texts>;

  constructor(all: readonly (PersonalLabels | undefined)[]) {
    const modules = all.filter((labels) => labels !== undefined);
    this.#tables = new Map(modules.flatMap(({ tables }) => Object.entries(tables)));
    const columns = modules.flatMap((labels) => {
      const schema = Object.keys(labels.tables)[0]?.split(".")[0];
      return Object.entries(labels.columns).map(([name, text]) => [`${schema}.${name}`, text] as const);
    });
    this.#columns = new Map(columns);
  }

  table(table: string, locale: Locale): string {
    return this.#tables.get(table)?.[locale] ?? spoken(table.split(".").at(-1)!);
  }

  column(table: string, column: string, locale: Locale): string {
    return this.#find(table, column)?.[locale] ?? spoken(column);
  }

  /** Tables and columns (`schema.table.column`) among these that have no name of their own. */
  missing(tables: Readonly<Record<string, readonly string[]>>): string[] {
    return Object.entries(tables).flatMap(([table, columns]) => [
      ...(this.#tables.has(table) ? [] : [table]),
      ...columns.filter((column) => !this.#find(table, column)).map((column) => `${table}.${column}`),
    ]);
  }

  #find(table: string, column: string): Texts | undefined {
    const [schema] = table.split(".");
    return this.#columns.get(`${table}.${column}`) ?? this.#columns.get(`${schema}.${column}`) ?? common[column];
  }
}

/** `first_name` as a person reads it. */
function spoken(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
