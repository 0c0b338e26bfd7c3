import { Field, ID, InputType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UploadScalar, type UploadValue } from "../../platform/graphql/upload-scalar.js";
import {
  AdvantageRecordInput,
  MembershipRecordInput,
  PaymentRecordInput,
  ShipmentRecordInput,
  WaitingListEntryRecordInput,
} from "./belonging.inputs.js";
import { OrderRecordInput, ProductRecordInput, SeasonRecordInput } from "./order.inputs.js";

@InputType({
  description:
    "One thing that a ticketing system knows, in one of its versions: exactly one of these fields. What is wrong with a record refuses that record and no other.",
})
export class HistoryRecordInput {
  @Field(() => SeasonRecordInput, { nullable: true, description: "A season." })
  season?: SeasonRecordInput | null;

  @Field(() => ProductRecordInput, { nullable: true, description: "A product." })
  product?: ProductRecordInput | null;

  @Field(() => OrderRecordInput, { nullable: true, description: "An order." })
  order?: OrderRecordInput | null;

  @Field(() => PaymentRecordInput, { nullable: true, description: "A payment." })
  payment?: PaymentRecordInput | null;

  @Field(() => MembershipRecordInput, { nullable: true, description: "A membership." })
  membership?: MembershipRecordInput | null;

  @Field(() => AdvantageRecordInput, { nullable: true, description: "An advantage." })
  advantage?: AdvantageRecordInput | null;

  @Field(() => WaitingListEntryRecordInput, { nullable: true, description: "An entry of a waiting list." })
  waitingListEntry?: WaitingListEntryRecordInput | null;

  @Field(() => ShipmentRecordInput, { nullable: true, description: "A shipment." })
  shipment?: ShipmentRecordInput | null;
}

@InputType({ description: "Records to take in." })
export class IngestHistoryInput {
  @Field(() => [HistoryRecordInput], {
    description: "At most 500, in any order. More belong into a file: see `startIngest`.",
  })
  records!: HistoryRecordInput[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A file of records." })
export class StartIngestInput {
  @Field(() => UploadScalar, {
    description:
      "JSON Lines: UTF-8, in each line one `HistoryRecordInput` as JSON, up to 1 MiB long. May be packed by gzip, or as the one file in a zip. Up to 1 GiB.",
  })
  file!: UploadValue;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A delivery that is to be ended." })
export class CancelIngestInput {
  @Field(() => ID, { description: "Opaque id of the delivery." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}
