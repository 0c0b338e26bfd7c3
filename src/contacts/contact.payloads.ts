import { Field, ObjectType } from "type-graphql";
import { LegalNotice, UserError, Warning } from "../platform/graphql/shared-types.js";
import { Contact } from "./contact.type.js";
import { PossibleDuplicate } from "./duplicates/duplicate.type.js";

/** What every mutation of one contact answers. */
@ObjectType({ simpleResolvers: true })
export abstract class ContactPayload {
  @Field(() => Contact, { nullable: true, description: "The contact as it is now; null when nothing was written." })
  contact!: Contact | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}

/** What a mutation answers that writes free text, or something else that the law asks a notice for. */
@ObjectType({ simpleResolvers: true })
export abstract class ContactNoticePayload extends ContactPayload {
  @Field(() => LegalNotice, {
    nullable: true,
    description: "The notice to show to who enters this; null when the input holds nothing that asks for one.",
  })
  legalNotice!: LegalNotice | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `createContact`." })
export class CreateContactPayload extends ContactNoticePayload {
  @Field(() => [PossibleDuplicate], {
    description: "With POSSIBLE_DUPLICATE, the contacts that look like the new one, at most 20. Else empty.",
  })
  possibleDuplicates!: PossibleDuplicate[];
}

@ObjectType({ simpleResolvers: true, description: "Answer to `updateContact`." })
export class UpdateContactPayload extends ContactNoticePayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setConfidentialityLevel`." })
export class SetConfidentialityLevelPayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setValidityEndDate`." })
export class SetValidityEndDatePayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `setAddress`." })
export class SetAddressPayload extends ContactPayload {}

@ObjectType({ simpleResolvers: true, description: "Answer to `removeAddress`." })
export class RemoveAddressPayload extends ContactPayload {}
