import { Field, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../../platform/graphql/connection.js";
import { AudienceOutcome } from "../../audience/audience.enums.js";
import { Contact } from "../../contact.type.js";

@ObjectType({ simpleResolvers: true, description: "What became of one contact in a campaign, as it was sealed." })
export class CampaignManifestEntry {
  @Field(() => ID, { description: "The run that dealt with him." })
  runId!: string;

  @Field(() => Int, { description: "His place in that run." })
  position!: number;

  @Field(() => Contact, { description: "The contact." })
  contact!: Contact;

  @Field(() => Contact, {
    nullable: true,
    description: "Who received it: the contact, or the relay of a structure. Null when nobody did.",
  })
  recipient!: Contact | null;

  @Field(() => AudienceOutcome, { description: "Whether it was sent, or what held it back." })
  outcome!: AudienceOutcome;

  @Field(() => ID, {
    nullable: true,
    description: "The entry of the ledger of authorizations that let it pass, or held it back; null where none did.",
  })
  authorizationEventId!: string | null;

  @Field(() => ID, { nullable: true, description: "The shipment; null when nothing was sent." })
  shipmentId!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A page of a manifest, in the order of runs and places. Contacts whom the caller does not see, and those who were erased, are not in it.",
})
export class CampaignManifestEntryConnection extends connectionOf(
  "CampaignManifestEntry",
  () => CampaignManifestEntry,
) {}

@ObjectType({ simpleResolvers: true, description: "What does not fit in the manifest of a run." })
export class CampaignManifestFault {
  @Field(() => ID, { description: "The run." })
  runId!: string;

  @Field(() => Boolean, { description: "True when its seal fits: over its chunks and what the campaign is." })
  isSealed!: boolean;

  @Field(() => Int, {
    description: "Rows that say something else than when they were written, and those that came later.",
  })
  brokenRows!: number;

  @Field(() => [Int], {
    description: "Numbers of the chunks whose rows are not those that were sealed; of 1,000 contacts each.",
  })
  brokenChunks!: readonly number[];
}

@ObjectType({
  simpleResolvers: true,
  description: "Whether the manifests of all runs of a campaign are what they were when they were sealed.",
})
export class CampaignManifestCheck {
  @Field(() => Boolean, { description: "True when nothing of them was changed, removed or added, erasures aside." })
  isIntact!: boolean;

  @Field(() => Boolean, { description: "True when each seal fits. False also while a run has not ended." })
  isSealed!: boolean;

  @Field(() => Int, { description: "Rows, one for each contact that a run dealt with." })
  rows!: number;

  @Field(() => Int, { description: "Rows of contacts who were erased since: what became of them still holds." })
  erasedRows!: number;

  @Field(() => Int, {
    description: "Rows that say something else than when they were written, and those that came later.",
  })
  brokenRows!: number;

  @Field(() => [CampaignManifestFault], { description: "The runs that are not intact, the latest first; at most 100." })
  faults!: readonly CampaignManifestFault[];
}

@ObjectType({ simpleResolvers: true, description: "Who was sent a campaign and who was left out, and why." })
export class CampaignManifest {
  @Field(() => ID, { description: "The campaign." })
  campaignId!: string;
}
