import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { DateScalar } from "../../platform/graphql/scalars.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { historyOf } from "../connections.type.js";
import { Contact } from "../contact.type.js";
import { HistoryArguments, organizationsDescription } from "../history.inputs.js";
import { Order } from "../order.type.js";
import { Product } from "../product.type.js";

enum MembershipState {
  ACTIVE = "ACTIVE",
  REFUNDED = "REFUNDED",
  CANCELLED = "CANCELLED",
}

registerEnumType(MembershipState, {
  name: "MembershipState",
  description: "What became of a membership.",
  valuesConfig: {
    ACTIVE: { description: "It counts, on the days of its validity." },
    REFUNDED: { description: "The contact got the money back." },
    CANCELLED: { description: "It was cancelled." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A membership of a contact." })
export class Membership {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => Contact, { nullable: true, description: "Who is the member." })
  contact!: Contact | null;

  @Field(() => String, { nullable: true, description: "Code of the organization whose member the contact is." })
  organization!: string | null;

  @Field(() => Product, { nullable: true, description: "What was bought." })
  product!: Product | null;

  @Field(() => DateScalar, { nullable: true, description: "First day of its validity." })
  validFromDate!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day of its validity; null: it does not end." })
  validToDate!: string | null;

  @Field(() => MembershipState, { nullable: true, description: "What became of it." })
  state!: MembershipState | null;

  @Field(() => Order, {
    nullable: true,
    description: "What it was bought with. Null when that is not known, or nobody of that order may be seen.",
  })
  order!: Order | null;

  @Field(() => [RedactionType], { description: "The fields that are withheld from the caller." })
  redactions!: RedactionType[];
}

@ObjectType({ simpleResolvers: true, description: "Memberships, the one that began last first." })
export class MembershipConnection extends historyOf("Membership", () => Membership) {}

@InputType({ description: "Which memberships to show." })
class MembershipFilter {
  @Field(() => [MembershipState], { nullable: true, description: "What became of them. Left out: anything." })
  states?: MembershipState[] | null;

  @Field(() => [String], { nullable: true, description: organizationsDescription })
  organizations?: string[] | null;
}

@ArgsType()
export class MembershipArguments extends HistoryArguments {
  @Field(() => MembershipFilter, { nullable: true, description: "Which memberships. Left out: all of them." })
  filter?: MembershipFilter | null;
}
