import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { importChanges } from "./changes/change.service.js";
import { ImportChange } from "./changes/change.type.js";
import { ImportOutcome, ImportUndoOutcome } from "./import.enums.js";
import {
  cancelImport,
  findImportJob,
  findImportJobs,
  importedContact,
  importedRows,
  startImport,
  undoImport,
} from "./import.service.js";
import {
  CancelImportInput,
  CancelImportPayload,
  ImportJob,
  ImportJobConnection,
  ImportRow,
  ImportRowConnection,
  StartImportInput,
  StartImportPayload,
  UndoImportInput,
  UndoImportPayload,
} from "./import.type.js";
import { followImport } from "./progress/progress.service.js";
import { reportUrl } from "./report/index.js";

const firstDescription = "How many, from 1 to 100.";
const afterDescription = "The `endCursor` of the page before.";

@Resolver(() => ImportJob)
export class ImportJobResolver {
  @Allow("import:run")
  @Query(() => ImportJob, {
    nullable: true,
    description: "One import. Null when no import has this id, or none that the caller may see.",
  })
  importJob(
    @Arg("id", () => ID, { description: "Opaque id of the import." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findImportJob(context, id);
  }

  @Allow("import:run")
  @Query(() => ImportJobConnection, { description: "Imports that the caller may see, the newest first." })
  importJobs(
    @Arg("first", () => Int, { description: firstDescription }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return findImportJobs(context, { first, after });
  }

  @Allow("import:run")
  @Mutation(() => StartImportPayload, {
    description:
      "Takes a file in and queues its check or update, which goes on in the background: ask `importJob` how it stands.",
  })
  startImport(
    @Arg("input", () => StartImportInput, { description: "The file and what to do with it." }) input: StartImportInput,
    @Ctx() context: OperationContext,
  ) {
    return startImport(context, input);
  }

  @Allow("import:run")
  @Mutation(() => CancelImportPayload, {
    description: "Ends an import that has not ended. Rows that were written stay written.",
  })
  cancelImport(
    @Arg("input", () => CancelImportInput, { description: "The import." }) input: CancelImportInput,
    @Ctx() context: OperationContext,
  ) {
    return cancelImport(context, input);
  }

  @Allow("import:run")
  @Mutation(() => UndoImportPayload, {
    description:
      "Undoes an update that has ended, in the background: each row is put back whose values are still what the import wrote; the others are KEPT. It gives no agreement back.",
  })
  undoImport(
    @Arg("input", () => UndoImportInput, { description: "The import." }) input: UndoImportInput,
    @Ctx() context: OperationContext,
  ) {
    return undoImport(context, input);
  }

  @Allow("import:run")
  @Subscription(() => ImportJob, {
    nullable: true,
    subscribe: ({ args, context }) => followImport(context as OperationContext, String(args.id)),
    description:
      "One import as it is, and again each time it has come further, until it has ended, by server-sent events. Ends with null when no import has this id, or none that the caller may see (any more).",
  })
  importJobProgress(
    @Root() job: ImportJob | null,
    @Arg("id", () => ID, { description: "Opaque id of the import." }) _id: string,
  ) {
    return job;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Where who started it fetches the rows to mend, as they were uploaded, with `status`, `line`, `code` and `message`: with his own token, for seven days after it ended. Mended, the file can be uploaded as it is. Null where there are none.",
  })
  reportUrl(@Root() job: ImportJob, @Ctx() context: OperationContext) {
    return reportUrl(context, job.id);
  }

  @FieldResolver(() => ImportRowConnection, { description: "Rows that were dealt with, in the order of the file." })
  rows(
    @Root() job: ImportJob,
    @Arg("outcome", () => ImportOutcome, { nullable: true, description: "Only rows with this outcome." })
    outcome: ImportOutcome | null,
    @Arg("undoOutcome", () => ImportUndoOutcome, {
      nullable: true,
      description: "Only rows of which this became when the import was undone.",
    })
    undoOutcome: ImportUndoOutcome | null,
    @Arg("first", () => Int, { description: firstDescription }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return importedRows(context, job, { outcome, undoOutcome, first, after });
  }
}

@Resolver(() => ImportRow)
export class ImportRowResolver {
  @FieldResolver(() => Contact, {
    nullable: true,
    description:
      "The contact that the row made or found; null when there is none, and for callers who may not read contacts or this one.",
  })
  contact(@Root() row: ImportRow, @Ctx() context: OperationContext) {
    return importedContact(context, row);
  }

  @FieldResolver(() => [ImportChange], {
    nullable: true,
    description:
      "What it changed about its contact, of a check what it would change; empty for rows that change nobody who was there before. Null for callers who may not read contacts or this one; partners read criteria and authorizations.",
  })
  changes(@Root() row: ImportRow, @Ctx() context: OperationContext) {
    return importChanges(context, row);
  }
}
