import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { LegalNotice, Node, UserError, Warning } from "../../../platform/graphql/shared-types.js";
import { ImportType } from "../import.enums.js";
import { ImportFileError } from "../import.type.js";

export enum ImportTemplateStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  READY = "READY",
  FAILED = "FAILED",
}
registerEnumType(ImportTemplateStatus, {
  name: "ImportTemplateStatus",
  description: "Where an import template stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is being made. Also while it waits to be begun anew after its process died." },
    READY: { description: "Can be fetched until it expires." },
    FAILED: { description: "Could not be made: see `failure`." },
  },
});

export enum ImportDelimiter {
  SEMICOLON = "SEMICOLON",
  COMMA = "COMMA",
}
registerEnumType(ImportDelimiter, {
  name: "ImportDelimiter",
  description: "What stands between the cells of a file.",
  valuesConfig: {
    SEMICOLON: { description: "As spreadsheets in French, Spanish and German expect it." },
    COMMA: { description: "As spreadsheets in English expect it." },
  },
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "A file to be filled in and imported: the contacts of a target, with an `[old]` and a `[new]` column for each field. Exists for who asked for it only.",
})
export class ImportTemplate extends Node {
  @Field(() => ImportType, { description: "What the file brings when it is imported." })
  type!: ImportType;

  @Field(() => ImportTemplateStatus, { description: "Where it stands." })
  status!: ImportTemplateStatus;

  @Field(() => String, {
    nullable: true,
    description:
      "Where the zip is fetched, with the caller's own token in the header `Authorization`. Null before it is ready and when it has expired.",
  })
  downloadUrl!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the CSV in the zip; null before it is ready." })
  fileName!: string | null;

  @Field(() => Float, { nullable: true, description: "Of the zip, in bytes; null before it is ready." })
  sizeBytes!: number | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when it can be fetched: seven days, or until somebody is erased. Null before it is ready.",
  })
  expiresAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "How many contacts are in it; null before it is ready." })
  rowCount!: number | null;

  @Field(() => LegalNotice, { description: "The duties of whoever has the file (DATA_EXPORT)." })
  legalNotice!: LegalNotice;

  @Field(() => ImportFileError, { nullable: true, description: "Why it FAILED; null otherwise." })
  failure!: ImportFileError | null;

  @Field(() => Date, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it became ready, or failed." })
  finishedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of the caller's import templates, the newest first." })
export class ImportTemplateConnection extends connectionOf("ImportTemplate", () => ImportTemplate) {}

@InputType({ description: "Which template to make." })
export class GenerateImportTemplateInput {
  @Field(() => ImportType, { description: "What the file is to bring. A template holds fields of one type only." })
  type!: ImportType;

  @Field(() => ID, {
    nullable: true,
    description: "A dynamic target, whose contacts of the moment the file holds. For CONTACTS left out.",
  })
  targetId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that it is made for, one of the caller's; all of them when left out.",
  })
  organizationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "E-mail address that is told when it is ready, with the zip where the institution allows that.",
  })
  notifyEmail?: string | null;

  @Field(() => ImportDelimiter, {
    nullable: true,
    description: "What stands between cells; by the language when left out: COMMA for English, else SEMICOLON.",
  })
  delimiter?: ImportDelimiter | null;

  @Field(() => String, {
    nullable: true,
    description: "Language of whoever works on the file: en, fr or es; the caller's when left out.",
  })
  locale?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `generateImportTemplate`." })
export class GenerateImportTemplatePayload {
  @Field(() => ImportTemplate, {
    nullable: true,
    description: "The template, which a worker makes; null when there is none.",
  })
  importTemplate!: ImportTemplate | null;

  @Field(() => LegalNotice, { description: "The duties of whoever has the file." })
  legalNotice!: LegalNotice;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the template was asked for." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
