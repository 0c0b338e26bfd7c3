import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { Node, UserError, Warning } from "../../platform/graphql/shared-types.js";
import type { Texts } from "../../platform/i18n/locale.js";

export enum PointOfSaleChannel {
  TICKET_SHOP = "TICKET_SHOP",
  NEWSLETTER_WIDGET = "NEWSLETTER_WIDGET",
}
registerEnumType(PointOfSaleChannel, {
  name: "PointOfSaleChannel",
  description: "Where people give their data at a point of sale.",
  valuesConfig: {
    TICKET_SHOP: { description: "The contact creation page of the ticket shop." },
    NEWSLETTER_WIDGET: { description: "The newsletter widget on any web page." },
  },
});

@ObjectType({ description: "What a point of sale shows about privacy, wherever people give their data there." })
export class PrivacySettings {
  @Field(() => String, { description: "The privacy policy: an https address." })
  policyUrl!: string;

  @Field(() => Boolean, {
    description: "True when the summary is shown on the page itself, beside the link to the policy.",
  })
  showSummary!: boolean;

  summaries!: Readonly<Partial<Texts>>;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A ticket shop or another place where people give the institution their data.",
})
export class PointOfSale extends Node {
  @Field(() => String, { description: "Its stable name, such as `MAIN_SHOP`." })
  code!: string;

  @Field(() => String, { description: "Its name, for operators." })
  name!: string;

  @Field(() => [PointOfSaleChannel], { description: "Where people give their data there." })
  channels!: PointOfSaleChannel[];

  @Field(() => PrivacySettings, {
    description: "The same for all its channels: the ticket shop and the newsletter widget show the same two values.",
  })
  privacy!: PrivacySettings;
}

@ObjectType({ simpleResolvers: true, description: "A page of points of sale." })
export class PointOfSaleConnection extends connectionOf("PointOfSale", () => PointOfSale) {}

@InputType({ description: "A summary of the privacy policy in one language." })
export class PrivacySummaryInput {
  @Field(() => String, { description: "Language of the text: en, fr or es. English stands in for the others." })
  locale!: string;

  @Field(() => String, { description: "Up to 4000 characters." })
  text!: string;
}

@InputType({ description: "A point of sale, as it shall be. One of this code that is there is replaced." })
export class SetPointOfSaleInput {
  @Field(() => String, { description: "Capital letters, digits and _, up to 40, beginning with a letter." })
  code!: string;

  @Field(() => String, { description: "For operators. Up to 100 characters." })
  name!: string;

  @Field(() => [PointOfSaleChannel], { description: "Where people give their data there. At least one." })
  channels!: PointOfSaleChannel[];

  @Field(() => String, { description: "The privacy policy: an https address, up to 2000 characters." })
  policyUrl!: string;

  @Field(() => Boolean, {
    description: "True shows the summary on the page itself: at least the English one is needed.",
  })
  showSummary!: boolean;

  @Field(() => [PrivacySummaryInput], { description: "At most one in each language." })
  summaries!: PrivacySummaryInput[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setPointOfSale`." })
export class SetPointOfSalePayload {
  @Field(() => PointOfSale, { nullable: true, description: "As it is now; null when nothing was written." })
  pointOfSale!: PointOfSale | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
