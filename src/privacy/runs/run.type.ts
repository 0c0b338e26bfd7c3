import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateScalar, DateTimeScalar, DecimalScalar } from "../../platform/graphql/scalars.js";
import { Contact } from "../contact.type.js";
import { GdprRecency } from "../recency/index.js";
import { AnonymizationMode, AnonymizationOutcome, AnonymizationRunStatus } from "./run.enums.js";

@ObjectType({ simpleResolvers: true, description: "What is open between a contact and an organization." })
export class AnonymizationBalance {
  @Field(() => String, { description: "Code of the organization." })
  organization!: string;

  @Field(() => String, { description: "The currency (ISO 4217)." })
  currency!: string;

  @Field(() => DecimalScalar, { description: "Above 0 the contact owes it, below 0 it is owed to him." })
  amount!: string;
}

@ObjectType({ simpleResolvers: true, description: "Rows of a table that were changed when contacts were erased." })
export class AnonymizationStep {
  @Field(() => String, { description: "The part of the product whose table it is." })
  subgraph!: string;

  @Field(() => String, { description: "The table." })
  table!: string;

  @Field(() => Int, {
    description: "How many of its rows, in the transaction that erased the contact: of all contacts who were in it.",
  })
  rowsOfTransaction!: number;
}

@ObjectType({ simpleResolvers: true, description: "What a run says of one contact. Deleted 30 days after the run." })
export class AnonymizationRunItem {
  @Field(() => String, { description: "The contact's number." })
  contactNumber!: string;

  @Field(() => Contact, { nullable: true, description: "The contact; null once he is deleted." })
  contact!: Contact | null;

  @Field(() => [AnonymizationOutcome], {
    description: "What becomes of him: one, or both of EXCLUDED_DEBTOR and EXCLUDED_CREDITOR.",
  })
  outcomes!: AnonymizationOutcome[];

  @Field(() => [AnonymizationOutcome], {
    nullable: true,
    description: "Of a RUN: what the plan said, where something else is true now. Null where it is the same.",
  })
  plannedOutcomes!: AnonymizationOutcome[] | null;

  @Field(() => GdprRecency, { description: "His recency as the run found it, with the activity that decided it." })
  gdprRecency!: GdprRecency;

  @Field(() => Boolean, { description: "Whether he was blocked." })
  wasBlocked!: boolean;

  @Field(() => [AnonymizationBalance], {
    description: "Of who is excluded for his balance: what is open, nothing netted.",
  })
  balances!: AnonymizationBalance[];

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last day of what he bought or attends; null for nothing dated.",
  })
  lastTicketEndDate!: string | null;

  @Field(() => String, { nullable: true, description: "Of who is held now: the reason." })
  holdReason!: string | null;

  @Field(() => [AnonymizationStep], {
    description:
      "Of a RUN, of who was erased: the tables in which something was, with the rows of everybody who was in his transaction.",
  })
  steps!: AnonymizationStep[];
}

@ObjectType({ simpleResolvers: true, description: "A page of what a run says of contacts, by their ids." })
export class AnonymizationRunItemConnection extends connectionOf("AnonymizationRunItem", () => AnonymizationRunItem) {}

@ObjectType({ simpleResolvers: true, description: "How many contacts have each outcome, and what was cleaned." })
export class AnonymizationCounts {
  @Field(() => Int, { description: "KEPT_ACTIVE." })
  keptActive!: number;

  @Field(() => Int, { description: "EXCLUDED_HOLD." })
  excludedHold!: number;

  @Field(() => Int, { description: "EXCLUDED_DEBTOR." })
  excludedDebtor!: number;

  @Field(() => Int, { description: "EXCLUDED_CREDITOR." })
  excludedCreditor!: number;

  @Field(() => Int, { description: "ANONYMIZE: to be anonymized, or of a RUN anonymized." })
  anonymize!: number;

  @Field(() => Int, { description: "DELETE: to be deleted, or of a RUN deleted." })
  delete!: number;

  @Field(() => Int, { description: "Of a RUN: of how many contacts of the plan something else is true now." })
  changedSincePlan!: number;

  @Field(() => Int, {
    description: "Tickets that ended before the cutoff, and whose holders are to be, or were, taken away.",
  })
  tickets!: number;

  @Field(() => Int, { description: "Orders whose address is to be, or was, taken away." })
  orders!: number;
}

@ObjectType({ simpleResolvers: true, description: "Something that happened to a run." })
export class AnonymizationLogEntry {
  @Field(() => DateTimeScalar, { description: "When." })
  at!: Date;

  @Field(() => String, { description: "Stable code." })
  code!: string;

  @Field(() => String, { description: "The same in the caller's language." })
  message!: string;
}

@ObjectType({ simpleResolvers: true, description: "One execution of the batch for inactive contacts." })
export class AnonymizationRun {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => AnonymizationMode, { description: "Whether it only plans." })
  mode!: AnonymizationMode;

  @Field(() => AnonymizationRunStatus, { description: "Where it stands." })
  status!: AnonymizationRunStatus;

  @Field(() => String, { nullable: true, description: "Of FAILED: why, in the caller's language." })
  failure!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that runs it. It limits nothing." })
  organization!: string | null;

  @Field(() => Int, { description: "After how many calendar months without activity a contact is inactive." })
  inactivityMonths!: number;

  @Field(() => Int, { nullable: true, description: "The same of customers; null: as of everybody." })
  customerInactivityMonths!: number | null;

  @Field(() => Int, { nullable: true, description: "The same of prospects; null: as of everybody." })
  prospectInactivityMonths!: number | null;

  @Field(() => DateScalar, { description: "The day that counted as today." })
  day!: string;

  @Field(() => DateScalar, {
    description: "Whose recency is on this day or before is inactive; tickets that ended before it are old.",
  })
  cutoffDate!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Of a SIMULATION that is done: names its plan for `runAnonymization`, for seven days. Of a RUN: its plan's.",
  })
  planHash!: string | null;

  @Field(() => String, { description: "Login of who started it." })
  startedBy!: string;

  @Field(() => Float, { description: "Part of the contacts that it has been through, from 0 to 1." })
  progress!: number;

  @Field(() => AnonymizationCounts, { description: "How many contacts have each outcome." })
  counts!: AnonymizationCounts;

  @Field(() => DateTimeScalar, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it began." })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When its items were deleted; null while they are there.",
  })
  itemsDeletedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of runs, the newest first." })
export class AnonymizationRunConnection extends connectionOf("AnonymizationRun", () => AnonymizationRun) {}
