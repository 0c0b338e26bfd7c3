import { Field, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { AudienceOutcome } from "../audience/audience.enums.js";
import { Campaign } from "./campaign.type.js";

@ObjectType({ simpleResolvers: true, description: "A campaign, and what became of a contact in it." })
export class ContactCampaign {
  @Field(() => Campaign, { description: "The campaign." })
  campaign!: Campaign;

  @Field(() => AudienceOutcome, {
    nullable: true,
    description:
      "Whether it was sent to him, or why not. Null until the campaign has dealt with him, and when withheld.",
  })
  outcome!: AudienceOutcome | null;

  @Field(() => Date, { nullable: true, description: "When that was; null with it." })
  decidedAt!: Date | null;

  @Field(() => Boolean, { nullable: true, description: "True when somebody added him by hand." })
  isAddedByHand!: boolean | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: readonly RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "A page of campaigns of a contact, the newest first." })
export class ContactCampaignConnection extends connectionOf("ContactCampaign", () => ContactCampaign) {}
