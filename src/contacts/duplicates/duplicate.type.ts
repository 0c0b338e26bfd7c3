import { Field, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";

export enum DuplicateReason {
  NAME_AND_ADDRESS = "NAME_AND_ADDRESS",
  EMAIL = "EMAIL",
  PHONE = "PHONE",
}
registerEnumType(DuplicateReason, {
  name: "DuplicateReason",
  description: "Why two contacts may be one.",
  valuesConfig: {
    NAME_AND_ADDRESS: {
      description:
        "The same role, names that sound alike (of structures: the same name), and the same street, post code and country of the main address.",
    },
    EMAIL: { description: "The same e-mail address." },
    PHONE: { description: "A telephone number in common, fixed or mobile." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A contact that may be another one's second file." })
export class PossibleDuplicate {
  @Field(() => Contact, { description: "The contact." })
  contact!: VisibleContact;

  @Field(() => [DuplicateReason], { description: "What they have in common." })
  reasons!: DuplicateReason[];
}

@ObjectType({ simpleResolvers: true, description: "A page of possible duplicates." })
export class PossibleDuplicateConnection extends connectionOf("PossibleDuplicate", () => PossibleDuplicate) {}
