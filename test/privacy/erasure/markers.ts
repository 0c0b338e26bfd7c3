import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestDatabase } from "../../support/database.js";

/** Texts that stand nowhere else, by what they were written into. */
export class Markers {
  readonly #texts = new Map<string, string>();
  #count = 0;

  /** @param prefix of letters: what tells these markers from others */
  constructor(private readonly prefix: string) {}

  /** Of letters alone, as names have to be. */
  text(place: string): string {
    const letters = String(++this.#count).replace(/\d/g, (digit) => "bcdfghjklm"[Number(digit)]!);
    return this.keep(place, `${this.prefix}${letters}vy`);
  }

  email(place: string): string {
    return `${this.text(place)}@canary.example`;
  }

  phone(place: string): string {
    return this.keep(place, `+4179${String(5_550_000 + ++this.#count)}`);
  }

  keep(place: string, text: string): string {
    this.#texts.set(place, text);
    return text;
  }

  /** The markers, by place, that stand in a text, however it is written. */
  foundIn(text: string): string[] {
    const lower = text.toLowerCase();
    return [...this.#texts]
      .filter(([, marker]) => spellings(marker).some((each) => lower.includes(each)))
      .map(([place]) => place);
  }

  get places(): string[] {
    return [...this.#texts.keys()];
  }
}

/** Keys of numbers hold their digits from last to first. */
function spellings(marker: string): string[] {
  const lower = marker.toLowerCase();
  if (!lower.startsWith("+")) return [lower];
  const digits = lower.slice(1);
  return [digits, [...digits].reverse().join("")];
}

/** Every row of every table as text, by table. */
export async function dump(db: TestDatabase): Promise<Map<string, string>> {
  const { rows: tables } = await db.superuser(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await db.superuser(`SELECT coalesce(string_agg(t::text, E'\\n'), '') AS text FROM ${name} t`);
    texts.set(name, rows[0].text);
  }
  return texts;
}

/** Every file in a folder and below, by its path. */
export async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])) {
    if (entry.isFile())
      files.set(join(entry.parentPath, entry.name), await readFile(join(entry.parentPath, entry.name), "latin1"));
  }
  return files;
}
