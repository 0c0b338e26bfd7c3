import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Finding } from "../../platform/graphql/finding.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { JobStatus } from "../../platform/jobs/index.js";
import { IngestedOutcome } from "./ingest.enums.js";

@ObjectType({ simpleResolvers: true, description: "How many records of a delivery have come to which end so far." })
export class IngestCounters {
  @Field(() => Int, { description: "Records that were dealt with." })
  processed!: number;

  @Field(() => Int, { description: "Records of something new." })
  created!: number;

  @Field(() => Int, { description: "Records that brought something that was there to a later version." })
  updated!: number;

  @Field(() => Int, { description: "Records whose version was there already." })
  unchanged!: number;

  @Field(() => Int, { description: "Records of which a newer version was there already, or came with them." })
  stale!: number;

  @Field(() => Int, { description: "Records with errors. Nothing of them was written." })
  errors!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "Why a file as a whole was refused, or a delivery could not go on.",
})
export class IngestFileError extends Finding {}

@ObjectType({ simpleResolvers: true, description: "Something in a record that is worth knowing, or has to be mended." })
export class IngestProblem extends Finding {
  @Field(() => [String], {
    description:
      "Where: names of fields and indexes of lists, from the record's root; empty for the record as a whole.",
  })
  path!: string[];
}

@ObjectType({
  simpleResolvers: true,
  description: "A record that was not taken, by its place. What stood in it is not kept.",
})
export class IngestedRecord {
  @Field(() => Int, { description: "The line of the file, or the place in the request; the first is 1." })
  line!: number;

  @Field(() => String, {
    nullable: true,
    description: "Its kind, such as `order`; null when not even that could be read.",
  })
  kind!: string | null;

  @Field(() => IngestedOutcome, { description: "What became of it." })
  outcome!: IngestedOutcome;

  @Field(() => [IngestProblem], { description: "Why, at most twenty." })
  problems!: IngestProblem[];
}

@ObjectType({ simpleResolvers: true, description: "A page of records that were not taken." })
export class IngestedRecordConnection extends connectionOf("IngestedRecord", () => IngestedRecord) {}

@ObjectType({
  simpleResolvers: true,
  description:
    "One delivery of histories: a file, or the records of one request. Requests are remembered for 30 days. Exists for callers of at least the clearance that it was started with.",
})
export class IngestJob {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => JobStatus, { description: "Where it stands." })
  status!: JobStatus;

  @Field(() => Float, { description: "Part of the delivery that was dealt with, from 0 to 1." })
  progress!: number;

  @Field(() => IngestCounters, { description: "How many records have come to which end so far." })
  counters!: IngestCounters;

  @Field(() => IngestFileError, { nullable: true, description: "Why it FAILED; null otherwise." })
  fileError!: IngestFileError | null;

  @Field(() => Date, { description: "When it was delivered." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When work on it began." })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of deliveries, the newest first." })
export class IngestJobConnection extends connectionOf("IngestJob", () => IngestJob) {}

@ObjectType({ simpleResolvers: true })
abstract class IngestPayload {
  @Field(() => IngestJob, { nullable: true, description: "The delivery as it is now; null when nothing was done." })
  ingestJob!: IngestJob | null;

  @Field(() => [UserError], {
    description:
      "What to mend. With an `elementIndex` it is about that record, of which nothing was written; the others were.",
  })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `ingestHistory`." })
export class IngestHistoryPayload extends IngestPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `startIngest`." })
export class StartIngestPayload extends IngestPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `cancelIngest`." })
export class CancelIngestPayload extends IngestPayload {}
