import { Field, Int, ObjectType } from "type-graphql";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";

/** What every batch of reports is answered with. */
@ObjectType({ simpleResolvers: true })
abstract class ReportPayload {
  @Field(() => Int, { description: "How many were taken in." })
  recorded!: number;

  @Field(() => Int, { description: "How many had been reported before: nothing happened a second time." })
  repeated!: number;

  @Field(() => [UserError], {
    description: "Which reports were refused, by `elementIndex`, and why. The others were taken in.",
  })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about those that were taken in." })
  warnings!: Warning[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `reportDeliveries`." })
export class ReportDeliveriesPayload extends ReportPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `reportBounces`." })
export class ReportBouncesPayload extends ReportPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `reportClicks`." })
export class ReportClicksPayload extends ReportPayload {
  @Field(() => Int, { description: "How many were not by a person, or no clicks: they are not kept." })
  notCounted!: number;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `reportUnsubscribes`." })
export class ReportUnsubscribesPayload extends ReportPayload {}
