import { Field, ObjectType, registerEnumType } from "type-graphql";
import { DecimalScalar } from "../../platform/graphql/scalars.js";

export enum BalanceState {
  DEBTOR = "DEBTOR",
  CREDITOR = "CREDITOR",
}

registerEnumType(BalanceState, {
  name: "BalanceState",
  description: "Who owes whom.",
  valuesConfig: {
    DEBTOR: { description: "The contact owes the organization." },
    CREDITOR: { description: "The organization owes the contact." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "What is open between a contact and an organization. Worked out when it is read; nothing is netted.",
})
export class ContactBalance {
  @Field(() => String, { description: "Code of the organization." })
  organization!: string;

  @Field(() => String, { description: "Currency of the amount (ISO 4217)." })
  currency!: string;

  @Field(() => DecimalScalar, { description: "Positive: the contact owes it. Negative: it is owed to him. Never 0." })
  amount!: string;

  @Field(() => BalanceState, { description: "Who owes whom." })
  state!: BalanceState;
}
