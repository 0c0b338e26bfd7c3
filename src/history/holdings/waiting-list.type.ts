import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { historyOf } from "../connections.type.js";
import { Contact } from "../contact.type.js";
import { HistoryArguments, organizationsDescription } from "../history.inputs.js";
import { Product } from "../product.type.js";

enum WaitingListState {
  WAITING = "WAITING",
  SERVED = "SERVED",
  CANCELLED = "CANCELLED",
}

registerEnumType(WaitingListState, {
  name: "WaitingListState",
  description: "What became of an entry in a waiting list.",
  valuesConfig: {
    WAITING: { description: "It waits." },
    SERVED: { description: "The contact got what he waited for." },
    CANCELLED: { description: "It waits no more." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A wish for something that was sold out." })
export class WaitingListEntry {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { nullable: true, description: "Who waits." })
  contact!: Contact | null;

  @Field(() => String, { nullable: true, description: "Code of the organization that keeps the list." })
  organization!: string | null;

  @Field(() => Product, { nullable: true, description: "What is waited for." })
  product!: Product | null;

  @Field(() => Int, { nullable: true, description: "How many are wished for." })
  quantity!: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the contact was put on the list." })
  requestedAt!: Date | null;

  @Field(() => WaitingListState, { nullable: true, description: "What became of it." })
  state!: WaitingListState | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "Entries in waiting lists, the newest first." })
export class WaitingListEntryConnection extends historyOf("WaitingListEntry", () => WaitingListEntry) {}

@InputType({ description: "Which entries of waiting lists to show." })
class WaitingListFilter {
  @Field(() => [WaitingListState], { nullable: true, description: "What became of them. Left out: anything." })
  states?: WaitingListState[] | null;

  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;
}

@ArgsType()
export class WaitingListArguments extends HistoryArguments {
  @Field(() => WaitingListFilter, { nullable: true, description: "Which entries. Left out: all of them." })
  filter?: WaitingListFilter | null;
}
