import { Field, ID, InputType, Int } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { AuthorizationCode } from "../authorizations/authorization.js";
import { CampaignChannel, CampaignType } from "./campaign.enums.js";

const authorizationDescription =
  "PARTNER_COMMUNICATION for a partner's mailing, THIRD_PARTY_TRANSFER for a transfer to third parties: only who said TRUE to it receives it.";
const businessDescription =
  "Exclusively for business contacts: by e-mail, lets through who never said anything. Any FALSE still holds back.";
const orderDescription = "Orders that purchase information is about, up to 1000.";
const productDescription = "Products, such as performances, that purchase information is about, up to 1000.";

@InputType({ description: "A new campaign." })
export class CreateCampaignInput {
  @Field(() => String, { description: "Its name, up to 100 characters." })
  name!: string;

  @Field(() => CampaignType, { description: "What it is for. Fixed by the first preview." })
  type!: CampaignType;

  @Field(() => CampaignChannel, { description: "How it is sent." })
  channel!: CampaignChannel;

  @Field(() => String, { nullable: true, description: "Subject of the message, up to 200 characters." })
  subject?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Whom it is for, up to 100 targets. Each contact receives it once.",
  })
  targetIds?: string[] | null;

  @Field(() => AuthorizationCode, { nullable: true, description: authorizationDescription })
  authorization?: AuthorizationCode | null;

  @Field(() => Boolean, { nullable: true, description: `${businessDescription} False when left out.` })
  businessContactsOnly?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: "Code of one of the caller's organizations: who sends it. Left out: his current one.",
  })
  organizationId?: string | null;

  @Field(() => [ID], { nullable: true, description: orderDescription })
  orderIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: productDescription })
  productIds?: string[] | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "What changes of a campaign that has not been run. What is left out stays." })
export class UpdateCampaignInput {
  @Field(() => ID, { description: "The campaign." })
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The version that was read: refused when somebody changed it since.",
  })
  version?: number | null;

  @Field(() => String, { nullable: true, description: "Its name, up to 100 characters." })
  name?: string | null;

  @Field(() => CampaignType, { nullable: true, description: "What it is for; refused once it was previewed." })
  type?: CampaignType | null;

  @Field(() => CampaignChannel, { nullable: true, description: "How it is sent." })
  channel?: CampaignChannel | null;

  @Field(() => String, { nullable: true, description: "Subject of the message; null removes it." })
  subject?: string | null;

  @Field(() => [ID], { nullable: true, description: "All its targets, up to 100. Who sets them owns the campaign." })
  targetIds?: string[] | null;

  @Field(() => AuthorizationCode, { nullable: true, description: `${authorizationDescription} Null: nothing besides.` })
  authorization?: AuthorizationCode | null;

  @Field(() => Boolean, { nullable: true, description: businessDescription })
  businessContactsOnly?: boolean | null;

  @Field(() => [ID], { nullable: true, description: orderDescription })
  orderIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: productDescription })
  productIds?: string[] | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}
