import type { Clock } from "../../../platform/clock.js";
import type { Services } from "../../../platform/context.js";
import type { BulkSql } from "../../../platform/database/sql.js";
import { declaredColumns, personalColumns, type TableDeclaration } from "../../../platform/personal-data/index.js";
import { Bloom } from "./bloom.js";
import { cellAt } from "./copied-rows.js";
import type { ProofKey } from "./digest.js";
import { mailTexts } from "./mail-texts.js";
import { copyJobs, copyTexts, selectTextTables, type TextTable } from "./pass.sql.js";
import type { ReadReport } from "./read-report.js";
import { storedTexts } from "./stored-texts.js";
import { TokenScanner, type TokenShape } from "./token.js";

/** A token that may be one that is looked for. */
export interface Candidate {
  readonly digest: Buffer;
  readonly place: string;
  readonly rowKey: string;
  /** Whose the row is: database ids. */
  readonly contactIds: readonly string[];
}

/** Whose a row is, and its key: what {@link copyTexts} puts before the texts. */
const linkColumns = 2;
const mostCandidates = 1_000_000;

/** Reads everything once and keeps what may be looked for. */
export class Search {
  readonly candidates: Candidate[] = [];
  readonly report: ReadReport = { tables: 0, bytes: 0, files: 0, unreadFiles: 0, isCut: false };
  readonly #bloom: Bloom;
  readonly #scanner: TokenScanner;
  #found: (shape: TokenShape, text: string, at: number) => void = () => undefined;

  constructor(
    private readonly key: ProofKey,
    filters: readonly number[],
  ) {
    this.#bloom = new Bloom(filters.length);
    for (const filter of filters) this.#bloom.add(filter);
    this.#scanner = new TokenScanner(key.seed, {
      wants: (hash) => this.#bloom.has(hash),
      found: (shape, text, at) => this.#found(shape, text, at),
    });
  }

  /** @param declarations say whose the rows of a table are */
  async readTables(db: BulkSql, declarations: readonly TableDeclaration[], signal: AbortSignal): Promise<void> {
    const declared = new Map(declarations.map((each) => [each.table, each]));
    for (const table of await selectTextTables(db)) {
      signal.throwIfAborted();
      const declaration = declared.get(table.name);
      const before = { persons: declaration ? personsOf(declaration) : [], key: impersonalKey(table, declaration) };
      await this.#readRows(table.name, table.columns, (take) => copyTexts(db, table, before, take));
    }
    await this.#readRows("pgboss.job", ["data", "output", "singleton_key"], (take) => copyJobs(db, take));
  }

  async #readRows(
    table: string,
    columns: readonly string[],
    copy: (take: (piece: Buffer) => void) => Promise<void>,
  ): Promise<void> {
    const places = columns.map((column) => `${table}.${column}`);
    let block = Buffer.alloc(0) as Buffer;
    // texts are made for the few rows that have a candidate
    this.#found = (shape, text, at) => {
      const { column, first, second: rowKey } = cellAt(block, at);
      const place = places[column - linkColumns];
      if (place) this.#keep(shape, text, { place, rowKey, contactIds: first === "" ? [] : first.split(",") });
    };
    await copy((rows) => {
      block = rows;
      this.#scanner.scan(rows, 0, rows.length);
      this.report.bytes += rows.length;
    });
    this.report.tables++;
  }

  #keep(shape: TokenShape, text: string, where: Omit<Candidate, "digest">): void {
    if (this.candidates.length === mostCandidates) this.report.isCut = true;
    else this.candidates.push({ digest: this.key.digest(shape, text), ...where });
  }

  /** Files of the store, and mails that landed as files. */
  async readFiles({ files, mail, clock }: Services, institutionId: number, signal: AbortSignal): Promise<void> {
    const report = this.report;
    for await (const { rowKey, content } of storedTexts(files, institutionId, { before: afterAll(clock), report })) {
      signal.throwIfAborted();
      await this.#readFile("file", rowKey, content);
    }
    for await (const kept of mail.kept()) {
      if (!kept.reference.startsWith(`${institutionId}-`)) continue;
      signal.throwIfAborted();
      for await (const { rowKey, content } of mailTexts(kept, report)) await this.#readFile("mail", rowKey, content);
    }
  }

  async #readFile(place: string, rowKey: string, content: AsyncIterable<Buffer>): Promise<void> {
    this.#found = (shape, text) => this.#keep(shape, text, { place, rowKey, contactIds: [] });
    this.report.files++;
    let rest = Buffer.alloc(0);
    for await (const piece of content) {
      this.report.bytes += piece.length;
      const bytes = Buffer.concat([rest, piece]);
      // a line is scanned as a whole, if it is one
      const end = Math.max(bytes.lastIndexOf(0x0a), bytes.length > longestLine ? bytes.length : -1);
      if (end >= 0) this.#scanner.scan(bytes, 0, end);
      rest = end >= 0 ? bytes.subarray(end) : bytes;
    }
    this.#scanner.scan(rest, 0, rest.length);
  }
}

const longestLine = 1024 * 1024;

/** Of files that are stored meanwhile as well. */
const afterAll = (clock: Clock) => new Date(clock.now().getTime() + 366 * 86_400_000);

function personsOf({ person = [], named = [] }: TableDeclaration): string[] {
  return [...person.filter((link) => typeof link === "string"), ...named];
}

/** A finding says where it is, and nothing of the person: texts in a key that are his, or nobody's, are left out. */
function impersonalKey({ key, columns }: TextTable, declaration: TableDeclaration | undefined): string[] {
  const personal = new Set(declaration && personalColumns(declaration).map(({ name }) => name));
  const plain = new Set(declaration && declaredColumns(declaration).filter((name) => !personal.has(name)));
  return key.filter((name) => !columns.includes(name) || plain.has(name));
}
