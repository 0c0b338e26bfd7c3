import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Finding } from "../../platform/graphql/finding.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { Node, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { UploadScalar, type UploadValue } from "../../platform/graphql/upload-scalar.js";
import { JobStatus } from "../../platform/jobs/index.js";
import { ImportMode, ImportOnMatch, ImportOutcome, ImportType, ImportUndoOutcome } from "./import.enums.js";

@ObjectType({ simpleResolvers: true, description: "How many rows of an import have come to which end so far." })
export class ImportCounters {
  @Field(() => Int, {
    description: "Rows of the file, without header and blank rows; 0 until it was read through once.",
  })
  total!: number;

  @Field(() => Int, { description: "Rows that were dealt with." })
  processed!: number;

  @Field(() => Int, { description: "Contacts' rows that were created. 0 in a check." })
  created!: number;

  @Field(() => Int, { description: "Rows whose contact was changed. 0 in a check." })
  updated!: number;

  @Field(() => Int, { description: "Rows that an update would create. 0 in an update." })
  wouldCreate!: number;

  @Field(() => Int, { description: "Rows whose contact an update would change. 0 in an update." })
  wouldUpdate!: number;

  @Field(() => Int, { description: "Rows whose contact has all that they say." })
  unchanged!: number;

  @Field(() => Int, { description: "Rows that were skipped because their contact exists." })
  skipped!: number;

  @Field(() => Int, {
    description:
      "Rows whose contact is not any more as they, or the approved plan, take him to be. Nothing was written.",
  })
  conflicts!: number;

  @Field(() => Int, { description: "Rows with errors. Nothing of them was written." })
  errors!: number;

  @Field(() => Int, { description: "Rows that were created or updated, and were undone since." })
  undone!: number;

  @Field(() => Int, {
    description: "Rows that were created or updated, and stay as they are though the import was undone.",
  })
  kept!: number;
}

@ObjectType({ simpleResolvers: true, description: "Why a file as a whole was refused, or an import could not go on." })
export class ImportFileError extends Finding {}

@ObjectType({
  simpleResolvers: true,
  description: "Something in a row that has to be mended, or that is worth knowing.",
})
export class ImportProblem extends Finding {
  @Field(() => Int, { description: "The row as a spreadsheet shows it; the header is 1." })
  line!: number;

  @Field(() => String, {
    nullable: true,
    description: "The column at fault, as the header names it; null for the row.",
  })
  column!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "One row of an imported file and what became of it. What stood in its cells is not kept.",
})
export class ImportRow {
  @Field(() => Int, { description: "The row as a spreadsheet shows it; the header is 1." })
  line!: number;

  @Field(() => ImportOutcome, { description: "What became of it." })
  outcome!: ImportOutcome;

  @Field(() => [ImportProblem], { description: "All that was wrong with it; empty when nothing was." })
  problems!: ImportProblem[];

  @Field(() => ImportUndoOutcome, {
    nullable: true,
    description: "What became of it when the import was undone; null when it was not, and of a row that wrote nothing.",
  })
  undoOutcome!: ImportUndoOutcome | null;

  @Field(() => [ImportProblem], { description: "Why it was KEPT; empty otherwise." })
  undoProblems!: ImportProblem[];

  /** Database ids; the resolvers of `contact` and `changes` ask what the caller may see. */
  contactId!: string | null;
  jobId!: string;
}

@ObjectType({ simpleResolvers: true, description: "A page of rows of an import." })
export class ImportRowConnection extends connectionOf("ImportRow", () => ImportRow) {}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "One check or update of a file. Exists for callers of at least the clearance that it was started with; partners see their own only.",
})
export class ImportJob extends Node {
  @Field(() => ImportType, { description: "What the file brings." })
  type!: ImportType;

  @Field(() => ImportMode, { description: "Check or update." })
  mode!: ImportMode;

  @Field(() => ImportOnMatch, { description: "What is done with rows whose contact exists." })
  onMatch!: ImportOnMatch;

  @Field(() => JobStatus, { description: "Where it stands." })
  status!: JobStatus;

  @Field(() => Float, { description: "Part of the rows that was dealt with, from 0 to 1." })
  progress!: number;

  @Field(() => ImportCounters, { description: "How many rows have come to which end so far." })
  counters!: ImportCounters;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that it is made for; null for all of those who started it.",
  })
  organization!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Of a check that has ended, what its rows would change: give it to an update as `approvedPlanHash`. Of an update, the plan that it carries out.",
  })
  planHash!: string | null;

  @Field(() => Int, {
    description:
      "Rows that count as activity of their contact, and so renew his recency; of a check, those that would.",
  })
  recencies!: number;

  @Field(() => [Warning], { description: "What is worth knowing about the file as a whole." })
  warnings!: Warning[];

  @Field(() => ImportFileError, { nullable: true, description: "Why it FAILED; null otherwise." })
  fileError!: ImportFileError | null;

  @Field(() => Date, { description: "When the file was uploaded." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When work on it began." })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when `undoImport` is possible; null when it is not, or not yet.",
  })
  undoableUntil!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it was UNDONE." })
  undoneAt!: Date | null;

  @Field(() => ImportFileError, {
    nullable: true,
    description:
      "Why its undo could not go on; null otherwise. What was undone until then is, and it can be asked for again.",
  })
  undoError!: ImportFileError | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of imports, the newest first." })
export class ImportJobConnection extends connectionOf("ImportJob", () => ImportJob) {}

@InputType({ description: "A file and what to do with it." })
export class StartImportInput {
  @Field(() => ImportType, { description: "What the file brings." })
  type!: ImportType;

  @Field(() => ImportMode, { description: "Check or update." })
  mode!: ImportMode;

  @Field(() => UploadScalar, {
    description:
      "A CSV file as spreadsheets save it: UTF-8, UTF-16 or Windows-1252; semicolon, comma or tab; or a zip with one such file. Up to 1 GiB.",
  })
  file!: UploadValue;

  @Field(() => ImportOnMatch, {
    defaultValue: ImportOnMatch.SKIP,
    description: "Of contacts, what to do with a row whose e-mail address a contact has.",
  })
  onMatch!: ImportOnMatch;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that it is made for, one of the caller's; all of them when left out.",
  })
  organizationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Of an update: the `planHash` of a check of the same file. Rows that are still as they were then are written, the others are conflicts.",
  })
  approvedPlanHash?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "An e-mail address that is told when it has ended, and when it was undone: how many rows, nothing of anybody in it.",
  })
  notifyEmail?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "An import that is to be ended." })
export class CancelImportInput {
  @Field(() => ID, { description: "Opaque id of the import." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "An import that is to be undone." })
export class UndoImportInput {
  @Field(() => ID, { description: "Opaque id of the import." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "An e-mail address that is told when the undo has ended: how many rows, nothing of anybody in it. When left out, the import's `notifyEmail` is.",
  })
  notifyEmail?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class ImportPayload {
  @Field(() => ImportJob, { nullable: true, description: "The import as it is now; null when nothing was done." })
  importJob!: ImportJob | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when it was done." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `startImport`." })
export class StartImportPayload extends ImportPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `cancelImport`." })
export class CancelImportPayload extends ImportPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `undoImport`." })
export class UndoImportPayload extends ImportPayload {}
