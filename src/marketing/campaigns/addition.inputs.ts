import { Field, ID, InputType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";

@InputType()
abstract class AdditionInput {
  @Field(() => ID, { description: "The campaign. It has not been run." })
  campaignId!: string;

  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A contact to add to a campaign by hand." })
export class AddToCampaignInput extends AdditionInput {}

@InputType({ description: "A contact who was added by hand, to take out again." })
export class RemoveFromCampaignInput extends AdditionInput {}
