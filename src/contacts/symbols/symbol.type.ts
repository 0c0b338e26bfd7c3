import { Field, ObjectType, registerEnumType } from "type-graphql";

/** In the order in which they stand beside a name. */
export enum ContactSymbol {
  MEMBERSHIP = "MEMBERSHIP",
  ADVANTAGE = "ADVANTAGE",
  NOTE = "NOTE",
  CREDIT_BALANCE = "CREDIT_BALANCE",
  PENDING_ACCOUNT = "PENDING_ACCOUNT",
  BLOCKED = "BLOCKED",
}
registerEnumType(ContactSymbol, {
  name: "ContactSymbol",
  description: "A pictogram beside a name, where contacts are searched for from a cart.",
  valuesConfig: {
    MEMBERSHIP: { description: "Holds a valid membership." },
    ADVANTAGE: { description: "Has an advantage or marketing offer." },
    NOTE: { description: "Has a note." },
    CREDIT_BALANCE: { description: "Has a credit balance." },
    PENDING_ACCOUNT: { description: "May buy on a pending account." },
    BLOCKED: { description: "May not buy." },
  },
});

@ObjectType("ContactSymbolHint", {
  simpleResolvers: true,
  description: "A pictogram beside a name, and what to say when a pointer rests on it.",
})
export class SymbolHint {
  @Field(() => ContactSymbol, { description: "The pictogram." })
  symbol!: ContactSymbol;

  @Field(() => [String], {
    description:
      "Which memberships and advantages, with their last day; what each organization owes the contact, in the currency of its catalogue. Empty for other symbols.",
  })
  texts!: string[];
}
