/** What a personal column tells of a person. */
export type PersonalKind =
  /** Who he is: names, birth date, documents. */
  | "IDENTITY"
  /** How he is reached, or logs in. */
  | "REACH"
  | "ADDRESS"
  /** Country, town, postcode: kept for statistics (F48). */
  | "PLACE"
  /** What he wants, can, or is classified as. */
  | "PREFERENCE"
  | "CONSENT"
  /** Free text about him. */
  | "TEXT"
  /** What he did, bought or was sent. */
  | "RECORD"
  /** That a row is about him: a number that leads to his file. */
  | "LINK"
  /** Derived from another column, for finding him. */
  | "KEY";

/**
 * What erasing does to a column. BLANKED: a constant replaces it. EMPTIED: cleared by the function of its table, because
 * nothing else may change it. DELETED: its row goes. DERIVED: the database works it out of the others.
 */
export type ColumnErasure = "KEPT" | "CLEARED" | "BLANKED" | "EMPTIED" | "DELETED" | "DERIVED";

/** How rows lead to a person: by a column, or by one of another table of the same institution. */
export type PersonLink =
  | string
  | { readonly column: string; readonly table: string; readonly key: string; readonly person: string };

export type Kinds = Readonly<Record<string, PersonalKind>>;

/** A table as the map of personal data declares it: each of its columns is in exactly one list. */
export interface TableDeclaration {
  /** With its schema. */
  readonly table: string;
  /** Whose data the rows are, and which rows erasing him acts on; none: they are about nobody. */
  readonly person?: readonly PersonLink[];
  /** Further columns that name a person, and stay when he is anonymized. */
  readonly named?: readonly string[];
  /** What becomes of the person's rows when he is anonymized. */
  readonly rows?: "KEPT" | "DELETED";
  /**
   * What becomes of kept rows when he is removed altogether. UNLINKED: he is named no more. OWN: the module's `remove`
   * deals with them. PURGED: by the function of the table, once he is gone.
   */
  readonly removal?: "DELETED" | "UNLINKED" | "KEPT" | "OWN" | "PURGED";
  /** True: the application's role cannot change the rows; `erase_<table>` can, of shells alone. */
  readonly guarded?: boolean;
  /** Where the function that empties guarded rows has another name. */
  readonly eraseBy?: string;
  /** Which guarded rows keep their values: a condition on `t`. */
  readonly guardedExcept?: string;
  readonly kept?: Kinds;
  readonly cleared?: Kinds;
  /** Kind, and the SQL constant that replaces the value. */
  readonly blanked?: Readonly<Record<string, readonly [PersonalKind, string]>>;
  readonly emptied?: Kinds;
  /** Columns of rows that are deleted. */
  readonly deleted?: Kinds;
  readonly derived?: Kinds;
  /** Logins of operators and services: they stay for good, and tell nobody's name (F66). */
  readonly operators?: readonly string[];
  /** Written along with the erasure: SQL on `t`. */
  readonly sets?: Readonly<Record<string, string>>;
  /** Rows that are erased already: a condition on `t`. */
  readonly erasedWhen?: string;
  /** Personal columns that a subject export leaves out. */
  readonly unexported?: readonly string[];
  /**
   * How a subject export reads columns whose value stands for something else: SQL on `t`; $1 is the institution. Of links
   * it shows only these.
   */
  readonly readAs?: Readonly<Record<string, string>>;
  /** Columns that tell nothing of a person. */
  readonly plain: readonly string[];
  /** For the page about personal data: why it is so, where that is not plain. */
  readonly note?: string;
}

/** A personal column, worked out of its table's declaration. */
export interface PersonalColumn {
  readonly name: string;
  readonly kind: PersonalKind;
  readonly erasure: ColumnErasure;
  readonly isExported: boolean;
}

/** Every personal column of a table, in the order of its declaration. */
export function personalColumns(declaration: TableDeclaration): PersonalColumn[] {
  const { person = [], named = [], kept = {}, cleared = {}, blanked = {}, emptied = {}, deleted = {} } = declaration;
  const { derived = {}, readAs = {}, unexported } = declaration;
  const links = [...person.map((link) => (typeof link === "string" ? link : link.column)), ...named];
  const linkErasure: ColumnErasure = declaration.rows === "DELETED" ? "DELETED" : "KEPT";
  const lists: [Kinds, ColumnErasure][] = [
    [
      Object.fromEntries(links.filter((name) => !(name in cleared || name in emptied)).map((name) => [name, "LINK"])),
      linkErasure,
    ],
    [kept, "KEPT"],
    [cleared, "CLEARED"],
    [Object.fromEntries(Object.entries(blanked).map(([name, [kind]]) => [name, kind])), "BLANKED"],
    [emptied, "EMPTIED"],
    [deleted, "DELETED"],
    [derived, "DERIVED"],
  ];
  const hidden = new Set(unexported);
  return lists.flatMap(([kinds, erasure]) =>
    Object.entries(kinds).map(([name, kind]) => {
      // what leads to the person or past him tells him nothing, unless it can be read
      const isShown = kind === "LINK" ? name in readAs : kind !== "KEY";
      const isExported = isShown && !hidden.has(name);
      return { name, kind, erasure, isExported };
    }),
  );
}

/** Every column that a declaration names, personal or not. */
export function declaredColumns(declaration: TableDeclaration): string[] {
  return [
    ...personalColumns(declaration).map(({ name }) => name),
    ...(declaration.operators ?? []),
    ...declaration.plain,
  ];
}
