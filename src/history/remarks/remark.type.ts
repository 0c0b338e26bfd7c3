import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Order } from "../order.type.js";

@InputType({ description: "The remark of an order, as it shall be." })
export class SetOrderRemarkInput {
  @Field(() => ID, { description: "The order." })
  orderId!: string;

  @Field(() => Int, {
    description: "The `remarkVersion` that the change is based on. Another one in the meantime: VERSION_CONFLICT.",
  })
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Free text, up to 2000 characters; null or blank clears. Must be given. " +
      "Show the notice FREE_TEXT_CONTENT to who writes it.",
  })
  remark?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setOrderRemark`." })
export class SetOrderRemarkPayload {
  @Field(() => Order, { nullable: true, description: "The order as it is now; null when nothing was written." })
  order!: Order | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];

  @Field(() => LegalNotice, {
    nullable: true,
    description: "The notice to show to who enters the remark; null when it is empty.",
  })
  legalNotice!: LegalNotice | null;
}
