import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { AudienceCount } from "../audience/audience.type.js";
import { CampaignPayload } from "./campaign.type.js";

export enum CampaignRunStatus {
  QUEUED = "QUEUED",
  RUNNING = "RUNNING",
  DONE = "DONE",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}
registerEnumType(CampaignRunStatus, {
  name: "CampaignRunStatus",
  description: "Where a run of a campaign stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "Is at work. Also while it waits to be resumed after its process died." },
    DONE: { description: "Everybody was dealt with." },
    FAILED: { description: "Could not go on: see `failure`." },
    CANCELLED: { description: "Was ended by a caller." },
  },
});

@ObjectType({ simpleResolvers: true, description: "What the gates said of everybody at one moment." })
export class CampaignCounts {
  @Field(() => Date, { description: "When the targets were asked." })
  at!: Date;

  @Field(() => Int, { description: "How many contacts there were, each counted once." })
  total!: number;

  @Field(() => [AudienceCount], { description: "How many of each outcome; those without any are left out." })
  outcomes!: AudienceCount[];
}

@ObjectType({ simpleResolvers: true, description: "Why a run could not go on." })
export class CampaignFailure {
  @Field(() => String, { description: "Stable code. Codes are added, never renamed." })
  code!: string;

  @Field(() => String, { description: "What happened and what to do, in the caller's language." })
  message!: string;
}

@ObjectType({ simpleResolvers: true, description: "One time that a campaign was sent." })
export class CampaignRun {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => CampaignRunStatus, { description: "Where it stands." })
  status!: CampaignRunStatus;

  @Field(() => String, { description: "Login of who started it; of the owner, when its time had come." })
  startedBy!: string;

  @Field(() => Date, { description: "When it was asked for." })
  requestedAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it began." })
  startedAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it ended, in whatever way." })
  finishedAt!: Date | null;

  @Field(() => Float, { description: "Part of the contacts that were dealt with, from 0 to 1." })
  progress!: number;

  @Field(() => CampaignCounts, {
    nullable: true,
    description:
      "What the gates said when the run asked the targets. Null before that, and when something that they decide by is withheld from the caller.",
  })
  expected!: CampaignCounts | null;

  @Field(() => [AudienceCount], {
    nullable: true,
    description: "What became of those who were dealt with. Null when something that decides it is withheld.",
  })
  outcomes!: AudienceCount[] | null;

  @Field(() => Int, {
    nullable: true,
    description: "Of how many the gates said something else when it was their turn. Null when something is withheld.",
  })
  changed!: number | null;

  @Field(() => CampaignFailure, { nullable: true, description: "Why it failed; null when it has not." })
  failure!: CampaignFailure | null;
}

@ObjectType({ simpleResolvers: true, description: "What has become of a campaign's shipments, as it was reported." })
export class CampaignStatistics {
  @Field(() => Int, { description: "Shipments that were sent." })
  sent!: number;

  @Field(() => Int, { description: "Of these, those that arrived." })
  delivered!: number;

  @Field(() => Int, { description: "Those that came back, or were refused." })
  bounced!: number;

  @Field(() => Int, { description: "Those of which a person followed a link." })
  clicked!: number;

  @Field(() => Int, { description: "Those by which somebody wanted no more." })
  unsubscribed!: number;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `previewCampaign`." })
export class PreviewCampaignPayload extends CampaignPayload {
  @Field(() => Int, {
    nullable: true,
    description:
      "Of purchase information: how many would receive it who have none of what it is about; where it names nothing, who have bought nothing. Null for other types, and when the caller may not know.",
  })
  recipientsWithoutPurchase!: number | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `runCampaign`." })
export class RunCampaignPayload extends CampaignPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `scheduleCampaign`." })
export class ScheduleCampaignPayload extends CampaignPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `cancelCampaign`." })
export class CancelCampaignPayload extends CampaignPayload {}
