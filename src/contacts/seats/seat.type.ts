import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactPayload } from "../contact.payloads.js";

@ObjectType({ simpleResolvers: true, description: "A seat as the plan of a venue names it." })
export class SeatRef {
  @Field(() => String, { description: "The venue." })
  venue!: string;

  @Field(() => String, { description: "The block of the venue." })
  block!: string;

  @Field(() => String, { description: "The row in the block." })
  row!: string;

  @Field(() => String, { description: "The seat in the row." })
  seat!: string;
}

@ObjectType({ simpleResolvers: true, description: "Where a contact likes to sit." })
export class PreferredSeat {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => String, { description: "Code of the organization whose seat it is." })
  organization!: string;

  @Field(() => SeatRef, { description: "The seat." })
  seatRef!: SeatRef;

  @Field(() => Boolean, { description: "True when the seat is no longer in the plan: ignore it then." })
  isStale!: boolean;
}

@InputType({ description: "A seat as the plan of a venue names it. Up to 60 characters each." })
export class SeatRefInput {
  @Field(() => String, { description: "The venue." })
  venue!: string;

  @Field(() => String, { description: "The block of the venue." })
  block!: string;

  @Field(() => String, { description: "The row in the block." })
  row!: string;

  @Field(() => String, { description: "The seat in the row." })
  seat!: string;
}

@InputType({ description: "A seat that a contact likes." })
export class AddPreferredSeatInput extends ContactChangeInput {
  @Field(() => String, { description: "Code of the organization whose seat it is." })
  organization!: string;

  @Field(() => SeatRefInput, { description: "The seat." })
  seatRef!: SeatRefInput;
}

@InputType({ description: "Which preferred seat to remove." })
export class RemovePreferredSeatInput {
  @Field(() => ID, { description: "The preferred seat." })
  id!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `addPreferredSeat`." })
export class AddPreferredSeatPayload extends ContactPayload {
  @Field(() => PreferredSeat, { nullable: true, description: "The preferred seat; null when nothing was written." })
  preferredSeat!: PreferredSeat | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `removePreferredSeat`." })
export class RemovePreferredSeatPayload extends ContactPayload {}

@InputType({ description: "A row of a block." })
export class SeatRowInput {
  @Field(() => String, { description: "The row." })
  row!: string;

  @Field(() => [String], { description: "Its seats." })
  seats!: string[];
}

@InputType({ description: "All seats of a block, in place of those that it had." })
export class SetSeatBlockInput {
  @Field(() => String, { description: "Code of the organization." })
  organization!: string;

  @Field(() => String, { description: "The venue. Up to 60 characters, as all names here." })
  venue!: string;

  @Field(() => String, { description: "The block." })
  block!: string;

  @Field(() => [SeatRowInput], { description: "Its rows, with 10000 seats at most; none when the block is gone." })
  rows!: SeatRowInput[];

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setSeatBlock`." })
export class SetSeatBlockPayload {
  @Field(() => Int, { nullable: true, description: "How many seats the block has now; null when nothing was written." })
  seatCount!: number | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
