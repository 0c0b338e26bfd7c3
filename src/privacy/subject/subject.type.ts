import { Field, Float, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Finding } from "../../platform/graphql/finding.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";

export enum SubjectExportStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  READY = "READY",
  FAILED = "FAILED",
  EXPIRED = "EXPIRED",
}
registerEnumType(SubjectExportStatus, {
  name: "SubjectExportStatus",
  description: "Where the export of a person's data stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is being made. Also while it waits to be begun anew after its process died." },
    READY: { description: "Can be fetched until it expires." },
    FAILED: { description: "Could not be made: see `failure`." },
    EXPIRED: { description: "Was ready, and is gone: seven days are over, or the contact was erased." },
  },
});

@ObjectType({ simpleResolvers: true, description: "Why an export of a person's data failed." })
export class SubjectExportFailure extends Finding {}

@ObjectType({
  simpleResolvers: true,
  description:
    "A zip with everything that is held of a contact, as JSON and as a page to be read, for his right of access. Exists for who asked for it only.",
})
export class SubjectExport {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { description: "Whose data it holds." })
  contact!: Contact;

  @Field(() => String, { description: "Language of the page: en, fr or es." })
  locale!: string;

  @Field(() => SubjectExportStatus, { description: "Where it stands." })
  status!: SubjectExportStatus;

  @Field(() => String, {
    nullable: true,
    description:
      "Where the zip is fetched, with the caller's own token in the header `Authorization`. Null before it is ready and when it has expired.",
  })
  downloadUrl!: string | null;

  @Field(() => Float, { nullable: true, description: "Of the zip, in bytes; null before it is ready." })
  sizeBytes!: number | null;

  @Field(() => String, { nullable: true, description: "SHA-256 of the zip, in hexadecimal; null before it is ready." })
  sha256!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: "Until when it can be fetched: seven days, or until the contact is erased. Null before it is ready.",
  })
  expiresAt!: Date | null;

  @Field(() => SubjectExportFailure, { nullable: true, description: "Why it FAILED; null otherwise." })
  failure!: SubjectExportFailure | null;

  @Field(() => Date, { description: "When it was asked for." })
  requestedAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it became ready, or failed." })
  finishedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of the caller's exports, the newest first." })
export class SubjectExportConnection extends connectionOf("SubjectExport", () => SubjectExport) {}

@InputType({ description: "Whose data to export." })
export class ExportSubjectInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Language of the page, which the person is to read: en, fr or es; the caller's when left out.",
  })
  locale?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "E-mail address that is told when it is ready. The mail never carries the file.",
  })
  notifyEmail?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `exportSubject`." })
export class ExportSubjectPayload {
  @Field(() => SubjectExport, {
    nullable: true,
    description: "The export, which a worker makes; null when there is none.",
  })
  subjectExport!: SubjectExport | null;

  @Field(() => LegalNotice, { description: "The duties of whoever has the file." })
  legalNotice!: LegalNotice;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the export was asked for." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
