import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { AudienceOutcome } from "../audience/audience.enums.js";
import { Contact } from "../contact.type.js";
import { Target } from "../targets/target.type.js";
import { ContactCampaign } from "./contact-campaign.type.js";

export enum GateState {
  PASSED = "PASSED",
  HELD_BACK = "HELD_BACK",
  NOT_ASKED = "NOT_ASKED",
}
registerEnumType(GateState, {
  name: "GateState",
  description: "What a gate says of a contact.",
  valuesConfig: {
    PASSED: { description: "Lets him pass." },
    HELD_BACK: { description: "Holds him back. The first gate that does is the reason." },
    NOT_ASKED: { description: "Does not apply to this channel and type, or an earlier one has decided." },
  },
});

@ObjectType({ simpleResolvers: true, description: "A gate, and what it says of a contact." })
export class AudienceGate {
  @Field(() => AudienceOutcome, { description: "The reason that it gives." })
  reason!: AudienceOutcome;

  @Field(() => GateState, { description: "What it says." })
  state!: GateState;
}

@ObjectType({
  simpleResolvers: true,
  description: "Why a contact receives a campaign, or does not, as things are now.",
})
export class AudienceExplanation {
  @Field(() => Contact, { description: "The contact." })
  contact!: Contact;

  @Field(() => AudienceOutcome, {
    nullable: true,
    description: "What becomes of him. Null: he is in no target of the campaign and nobody added him.",
  })
  outcome!: AudienceOutcome | null;

  @Field(() => Contact, {
    nullable: true,
    description: "Who would receive it: the contact, or the primary relay of a structure. Null when there is none.",
  })
  recipient!: Contact | null;

  @Field(() => [Target], { description: "The targets that have him." })
  targets!: Target[];

  @Field(() => Boolean, { description: "True when somebody added him by hand." })
  isAddedByHand!: boolean;

  @Field(() => [AudienceGate], { description: "All gates in their order, also those behind the one that decides." })
  gates!: AudienceGate[];

  @Field(() => ID, {
    nullable: true,
    description: "The entry of the ledger of authorizations that decides; null where none does.",
  })
  authorizationEventId!: string | null;

  @Field(() => ContactCampaign, {
    nullable: true,
    description: "What became of him when the campaign was run; null until it has dealt with him.",
  })
  recorded!: ContactCampaign | null;
}
