import type { SubjectColumn, SubjectHead, SubjectTable } from "./subject-file.js";

/** An export for programs, piece by piece: by table its rows, each an object by column. What has no value is left out. */
export class JsonDocument {
  #tables = 0;
  #rows = 0;

  constructor(private readonly head: SubjectHead) {}

  begin(): string {
    const { institution, at, timeZone, locale } = this.head;
    const head = JSON.stringify({ institution, exportedAt: at, timeZone, locale });
    return `${head.slice(0, -1)},"data":{`;
  }

  beginTable({ table, title }: SubjectTable): string {
    this.#rows = 0;
    const comma = this.#tables++ > 0 ? "," : "";
    return `${comma}\n${JSON.stringify(table)}:{"title":${JSON.stringify(title)},"rows":[`;
  }

  row(columns: readonly SubjectColumn[], row: readonly unknown[]): string {
    const values = columns.flatMap(({ name }, index) => (row[index] == null ? [] : [[keyOf(name), row[index]]]));
    return `${this.#rows++ > 0 ? "," : ""}\n${JSON.stringify(Object.fromEntries(values))}`;
  }

  endTable(): string {
    return "]}";
  }

  end(): string {
    return "}}\n";
  }
}

/** `first_name` as the API would write it. */
function keyOf(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
