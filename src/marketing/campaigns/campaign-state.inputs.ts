import { Field, ID, InputType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";

/** What names a campaign, and nothing else. */
@InputType()
abstract class NamedCampaignInput {
  @Field(() => ID, { description: "The campaign." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A campaign to preview." })
export class PreviewCampaignInput extends NamedCampaignInput {}

@InputType({ description: "A campaign to send." })
export class RunCampaignInput extends NamedCampaignInput {}

@InputType({ description: "A campaign to end." })
export class CancelCampaignInput extends NamedCampaignInput {}

@InputType({ description: "When a campaign is to run." })
export class ScheduleCampaignInput extends NamedCampaignInput {
  @Field(() => Date, { nullable: true, description: "When, in the future. Left out or null: not by itself." })
  at?: Date | null;
}
