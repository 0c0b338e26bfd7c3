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

@ObjectType({ simpleResolvers: true, description: "Whether the manifest of a run is what it was when it was sealed." })
export class CampaignManifestCheck {
  @Field(() => ID, { description: "The run." })
  runId!: string;

  @Field(() => Boolean, { description: "True when nothing of it was changed, removed or added, erasures aside." })
  isIntact!: boolean;

  @Field(() => Boolean, { description: "True when its seal fits. False also while the run has not ended." })
  isSealed!: boolean;

  @Field(() => Int, { description: "Rows, one for each contact that was dealt with." })
  rows!: number;

  @Field(() => Int, { description: "Rows of contacts who were erased since: what became of them still holds." })
  erasedRows!: number;

  @Field(() => Int, { description: "Rows that say something else than when they were written." })
  brokenRows!: number;

  @Field(() => [Int], {
    description: "Numbers of the chunks whose rows are not those that were sealed; of 1,000 contacts each.",
  })
  brokenChunks!: readonly number[];
}

@ObjectType({ simpleResolvers: true, description: "Who was sent a campaign and who was left out, and why." })
export class CampaignManifest {
  @Field(() => ID, { description: "The campaign." })
  campaignId!: string;
}
