import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { AuthorizationCode } from "../authorizations/authorization.js";
import { Contact } from "../contact.type.js";
import { Target } from "../targets/target.type.js";
import { CampaignChannel, CampaignState, CampaignType } from "./campaign.enums.js";

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "Something that is sent to the contacts of targets, once each." })
export class Campaign {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => CampaignType, { description: "What it is for." })
  type!: CampaignType;

  @Field(() => CampaignChannel, { description: "How it is sent." })
  channel!: CampaignChannel;

  @Field(() => CampaignState, { description: "Where it stands." })
  state!: CampaignState;

  @Field(() => String, { nullable: true, description: "Subject of the message, which its shipments carry." })
  subject!: string | null;

  @Field(() => AuthorizationCode, { nullable: true, description: "What has to be TRUE besides; null: nothing." })
  authorization!: AuthorizationCode | null;

  @Field(() => Boolean, { description: "Exclusively for business contacts: who never said anything receives it." })
  businessContactsOnly!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Code of the organization that sends it; null: the institution itself.",
  })
  organization!: string | null;

  @Field(() => [Target], { description: "Whom it is for; of these, those that exist for the caller." })
  targets!: Target[];

  @Field(() => [ID], { description: "The orders that it is about; of these, those that exist for the caller." })
  orderIds!: readonly string[];

  @Field(() => [ID], { description: "The products that it is about." })
  productIds!: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: "Login of who answers for it: it runs with his rights of that day.",
  })
  owner!: string | null;

  @Field(() => Date, { nullable: true, description: "When it is to run, or was to." })
  scheduledAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it was first previewed: its type has been fixed since." })
  previewedAt!: Date | null;

  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Date, { description: "When it was last changed." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Counts up with each change of what it is made of." })
  version!: number;
}

@ObjectType({ simpleResolvers: true, description: "A page of campaigns, the newest first." })
export class CampaignConnection extends connectionOf("Campaign", () => Campaign) {}

@ObjectType({ simpleResolvers: true, description: "A contact who was added to a campaign by hand." })
export class CampaignAddition {
  @Field(() => Contact, { description: "The contact." })
  contact!: Contact;

  @Field(() => Date, { description: "When he was added." })
  addedAt!: Date;
}

@ObjectType({
  simpleResolvers: true,
  description: "A page of those who were added by hand, in the order of their ids.",
})
export class CampaignAdditionConnection extends connectionOf("CampaignAddition", () => CampaignAddition) {}

@ObjectType({ simpleResolvers: true })
export abstract class CampaignPayload {
  @Field(() => Campaign, { nullable: true, description: "The campaign as it is now; null when nothing was done." })
  campaign!: Campaign | null;

  @Field(() => [UserError], { description: "What to mend. Empty when it was done." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about what was done." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `createCampaign`." })
export class CreateCampaignPayload extends CampaignPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateCampaign`." })
export class UpdateCampaignPayload extends CampaignPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `addToCampaign`." })
export class AddToCampaignPayload extends CampaignPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `removeFromCampaign`." })
export class RemoveFromCampaignPayload extends CampaignPayload {}
