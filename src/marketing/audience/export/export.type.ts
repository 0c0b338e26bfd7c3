import { Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../../platform/graphql/connection.js";
import { Finding } from "../../../platform/graphql/finding.js";
import { IdempotencyKey } from "../../../platform/graphql/idempotency-key.js";
import { LegalNotice, UserError, Warning } from "../../../platform/graphql/shared-types.js";
import { JobStatus } from "../../../platform/jobs/index.js";

@ObjectType({ simpleResolvers: true, description: "Why an export failed." })
export class AudienceExportFailure extends Finding {}

@ObjectType({
  simpleResolvers: true,
  description:
    "A zip with the recipients of a campaign, as JSON Lines and as CSV, for who sends it. Exists for who asked for it only.",
})
export class AudienceExport {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => ID, { description: "The campaign." })
  campaignId!: string;

  @Field(() => JobStatus, { description: "Where it stands." })
  status!: JobStatus;

  @Field(() => Float, { description: "Part of the recipients that are written, from 0 to 1." })
  progress!: number;

  @Field(() => Int, { nullable: true, description: "How many recipients are in the file; null before it is there." })
  contactCount!: number | null;

  @Field(() => Float, { nullable: true, description: "Size of the file in bytes; null before it is there." })
  sizeBytes!: number | null;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the file, in hexadecimal; null before it is there.",
  })
  sha256!: string | null;

  @Field(() => AudienceExportFailure, { nullable: true, description: "Why it FAILED; null otherwise." })
  failure!: AudienceExportFailure | null;

  @Field(() => Date, { description: "When it was asked for." })
  requestedAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "Until when the file can be fetched; null before it is there." })
  expiresAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where to fetch the file, for ten minutes; ask again for another. Whoever has it can fetch the file. Null before it is there, and when it has expired.",
  })
  downloadUrl!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of the caller's exports, the newest first." })
export class AudienceExportConnection extends connectionOf("AudienceExport", () => AudienceExport) {}

@InputType({ description: "Which audience to export." })
export class ExportAudienceInput {
  @Field(() => ID, { description: "The campaign." })
  campaignId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "The version of the notice DATA_EXPORT that was read and accepted: `legalNotice` tells its text. Without it nothing is exported.",
  })
  acceptedNoticeVersion?: number | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `exportAudience`." })
export class ExportAudiencePayload {
  @Field(() => AudienceExport, {
    nullable: true,
    description: "The export, which a worker makes; null when there is none.",
  })
  audienceExport!: AudienceExport | null;

  @Field(() => LegalNotice, { description: "The duties of whoever has the file." })
  legalNotice!: LegalNotice;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the export was asked for." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about it." })
  warnings!: Warning[];
}
