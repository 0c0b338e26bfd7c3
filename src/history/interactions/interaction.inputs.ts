import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { DateTimeScalar } from "../../platform/graphql/scalars.js";
import { LegalNotice, UserError, Warning } from "../../platform/graphql/shared-types.js";
import { Contact } from "../contact.type.js";
import { CommunicationMedium, Interaction, InteractionStatus } from "./interaction.type.js";

const textDescription = "Free text, up to 4000 characters. Show the notice FREE_TEXT_CONTENT to who writes it.";

@InputType({ description: "Something that passed between a contact and the institution." })
export class AddInteractionInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Code of one of the caller's organizations; left out: the first of his token.",
  })
  organizationId?: string | null;

  @Field(() => CommunicationMedium, { description: "How they were in touch." })
  medium!: CommunicationMedium;

  @Field(() => InteractionStatus, { nullable: true, description: "What is still to be done; left out: OPEN." })
  status?: InteractionStatus | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was or is to be; left out: now." })
  occurredAt?: Date | null;

  @Field(() => String, { nullable: true, description: textDescription })
  description?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A change of an interaction. Fields that are left out stay; a null description clears it." })
export class UpdateInteractionInput {
  @Field(() => ID, { description: "The interaction." })
  id!: string;

  @Field(() => Int, {
    description: "The `version` that the change is based on. Another one in the meantime: VERSION_CONFLICT.",
  })
  version!: number;

  @Field(() => InteractionStatus, { nullable: true, description: "What is still to be done." })
  status?: InteractionStatus | null;

  @Field(() => CommunicationMedium, { nullable: true, description: "How they were in touch. Manual ones only." })
  medium?: CommunicationMedium | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was or is to be. Manual ones only." })
  occurredAt?: Date | null;

  @Field(() => String, { nullable: true, description: `${textDescription} Manual ones only.` })
  description?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true })
abstract class InteractionPayload {
  @Field(() => Interaction, {
    nullable: true,
    description: "The interaction as it is now; null when nothing was written.",
  })
  interaction!: Interaction | null;

  @Field(() => Contact, { nullable: true, description: "The contact; null when nothing was written." })
  contact!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];

  @Field(() => LegalNotice, {
    nullable: true,
    description: "The notice to show to who enters a description; null when the input holds none.",
  })
  legalNotice!: LegalNotice | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `addInteraction`." })
export class AddInteractionPayload extends InteractionPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateInteraction`." })
export class UpdateInteractionPayload extends InteractionPayload {}
