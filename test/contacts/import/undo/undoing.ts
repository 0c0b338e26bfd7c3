import type { TestDatabase } from "../../../support/database.js";
import { eventually } from "../../../support/eventually.js";
import type { ImportDesk, Importing } from "../keyed/desk.js";

export interface UndoneRow {
  line: number;
  outcome: string;
  undoOutcome: string | null;
  undoProblems: { column: string | null; code: string; message: string }[];
}

export interface UndoReport {
  id: string;
  status: string;
  progress: number;
  undoableUntil: string | null;
  undoneAt: string | null;
  undoError: { code: string; message: string } | null;
  counters: { created: number; updated: number; undone: number; kept: number };
  rows: UndoneRow[];
}

const follow = `query ($id: ID!, $undoOutcome: ImportUndoOutcome) { importJob(id: $id) {
  id status progress undoableUntil undoneAt undoError { code message } counters { created updated undone kept }
  rows(first: 100, undoOutcome: $undoOutcome) { nodes { line outcome undoOutcome undoProblems { column code message } } } } }`;
const undo = `mutation ($input: UndoImportInput!) {
  undoImport(input: $input) { importJob { id status } userErrors { code field } } }`;

export const anna: Importing = { login: "anna", clearance: 2, organizations: ["OPERA"] };

/** Undoes imports over HTTP, in the whole product with its worker. */
export class UndoDesk {
  constructor(
    readonly db: TestDatabase,
    readonly desk: ImportDesk,
  ) {}

  /** The payload of `undoImport`. */
  async ask(id: string, as: Importing = anna, idempotencyKey?: string, notifyEmail?: string) {
    const { data, errors } = await this.desk.ask(as, undo, { input: { id, idempotencyKey, notifyEmail } });
    if (errors) throw new Error(JSON.stringify(errors));
    return data.undoImport as {
      importJob: { id: string; status: string } | null;
      userErrors: { code: string; field: string[] }[];
    };
  }

  async codes(id: string, as: Importing = anna): Promise<string[]> {
    return (await this.ask(id, as)).userErrors.map(({ code }) => code);
  }

  async report(id: string, as: Importing = anna, undoOutcome?: "UNDONE" | "KEPT"): Promise<UndoReport> {
    const { data, errors } = await this.desk.ask(as, follow, { id, undoOutcome });
    if (errors) throw new Error(JSON.stringify(errors));
    return { ...data.importJob, rows: data.importJob.rows.nodes };
  }

  /** Undoes an import and waits for the end. */
  async undo(id: string, as: Importing = anna): Promise<UndoReport> {
    const { userErrors } = await this.ask(id, as);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return this.ended(id, as);
  }

  ended(id: string, as: Importing = anna): Promise<UndoReport> {
    return eventually(
      () => this.report(id, as),
      ({ status }) => status !== "UNDOING",
    );
  }
}

/** What became of each row, and why: its codes with their columns. */
export const outcomesOf = ({ rows }: UndoReport): string[] =>
  rows.map(({ undoOutcome, undoProblems }) =>
    [undoOutcome, ...undoProblems.map(({ code, column }) => (column === null ? code : `${code} ${column}`))].join(" "),
  );
