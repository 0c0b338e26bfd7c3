import { registerEnumType } from "type-graphql";

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
