import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { IngestedOutcome } from "./ingest.enums.js";
import { CancelIngestInput, IngestHistoryInput, StartIngestInput } from "./ingest.inputs.js";
import { findIngestJob, findIngestJobs, ingestHistory, recordsNotTaken } from "./ingest.service.js";
import {
  CancelIngestPayload,
  IngestedRecordConnection,
  IngestHistoryPayload,
  IngestJob,
  IngestJobConnection,
  StartIngestPayload,
} from "./ingest.type.js";
import { cancelIngest, startIngest } from "./ingest-file.service.js";

const firstDescription = "How many, from 1 to 100.";
const afterDescription = "The `endCursor` of the page before.";

@Resolver(() => IngestJob)
export class IngestResolver {
  @Allow("history:ingest")
  @Query(() => IngestJob, {
    nullable: true,
    description: "One delivery of histories. Null when none has this id, or none that the caller may see.",
  })
  ingestJob(
    @Arg("id", () => ID, { description: "Opaque id of the delivery." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findIngestJob(context, id);
  }

  @Allow("history:ingest")
  @Query(() => IngestJobConnection, { description: "Deliveries that the caller may see, the newest first." })
  ingestJobs(
    @Arg("first", () => Int, { description: firstDescription }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return findIngestJobs(context, { first, after });
  }

  @Allow("history:ingest")
  @Mutation(() => IngestHistoryPayload, {
    description:
      "Takes records of a ticketing system in, at once: the good ones are written, the others reported one by one. Records can be repeated and come in any order: of each, the highest version stands.",
  })
  ingestHistory(
    @Arg("input", () => IngestHistoryInput, { description: "The records." }) input: IngestHistoryInput,
    @Ctx() context: OperationContext,
  ) {
    return ingestHistory(context, input);
  }

  @Allow("history:ingest")
  @Mutation(() => StartIngestPayload, {
    description:
      "Takes a file of records in and queues it. It is worked through in the background, in chunks that are written as a whole: ask `ingestJob` how it stands.",
  })
  startIngest(
    @Arg("input", () => StartIngestInput, { description: "The file." }) input: StartIngestInput,
    @Ctx() context: OperationContext,
  ) {
    return startIngest(context, input);
  }

  @Allow("history:ingest")
  @Mutation(() => CancelIngestPayload, {
    description: "Ends a delivery that has not ended. Records that were written stay written.",
  })
  cancelIngest(
    @Arg("input", () => CancelIngestInput, { description: "The delivery." }) input: CancelIngestInput,
    @Ctx() context: OperationContext,
  ) {
    return cancelIngest(context, input);
  }

  @FieldResolver(() => IngestedRecordConnection, {
    description: "Records that were not taken, in the order in which they came; of each kind the first 100,000.",
  })
  notTaken(
    @Root() job: IngestJob,
    @Arg("outcome", () => IngestedOutcome, { nullable: true, description: "Only records with this outcome." })
    outcome: IngestedOutcome | null,
    @Arg("first", () => Int, { description: firstDescription }) first: number,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return recordsNotTaken(context, job, { outcome, first, after });
  }
}
