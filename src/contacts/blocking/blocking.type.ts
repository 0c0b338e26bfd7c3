import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { ContactChangeInput } from "../contact.inputs.js";
import { ContactNoticePayload, ContactPayload } from "../contact.payloads.js";

export enum PurchaseRefusal {
  BLOCKED = "BLOCKED",
  INVALID = "INVALID",
  ANONYMIZED = "ANONYMIZED",
}
registerEnumType(PurchaseRefusal, {
  name: "PurchaseRefusal",
  description: "Why a contact may not buy.",
  valuesConfig: {
    BLOCKED: { description: "The contact is blocked, in the whole institution." },
    INVALID: { description: "The contact's validity has ended." },
    ANONYMIZED: { description: "The contact was anonymized." },
  },
});

@ObjectType({ simpleResolvers: true, description: "Whether a contact may buy, today, through any channel." })
export class PurchaseEligibility {
  @Field(() => Boolean, { description: "True when nothing speaks against it." })
  eligible!: boolean;

  @Field(() => [PurchaseRefusal], { description: "Everything that speaks against it." })
  reasons!: PurchaseRefusal[];
}

@InputType({ description: "Whom to block, and why." })
export class BlockContactInput extends ContactChangeInput {
  @Field(() => String, {
    description: "Why, up to 500 characters. Shown to callers of sufficient clearance.",
  })
  reason!: string;
}

@InputType({ description: "Whose block to end." })
export class UnblockContactInput extends ContactChangeInput {}

@ObjectType({ simpleResolvers: true, description: "Answer to `blockContact`." })
export class BlockContactPayload extends ContactNoticePayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `unblockContact`." })
export class UnblockContactPayload extends ContactPayload {}
