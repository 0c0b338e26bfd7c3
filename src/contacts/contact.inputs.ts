import { Field, ID, InputType, Int } from "type-graphql";
import { ConfidentialityLevel } from "../platform/access/clearance.js";
import { IdempotencyKey } from "../platform/graphql/idempotency-key.js";
import { DateScalar } from "../platform/graphql/scalars.js";
import { AddressKind, ContactTitle, ContactType, DisabilityType } from "./contact.enums.js";
import { CriterionInput } from "./criteria/criterion-wish.inputs.js";

export const versionDescription =
  "The contact's `version` that the change is based on. Another one in the meantime: VERSION_CONFLICT.";

/** What every mutation of something that hangs on a contact takes. */
@InputType()
export abstract class ContactChangeInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "The lines of an address." })
export class AddressInput {
  @Field(() => AddressKind, { description: "What it is for." })
  kind!: AddressKind;

  @Field(() => String, { nullable: true, description: "First line: street and number. Up to 100 characters." })
  street1?: string | null;

  @Field(() => String, { nullable: true, description: "Second line. Up to 100 characters." })
  street2?: string | null;

  @Field(() => String, { nullable: true, description: "Third line. Up to 100 characters." })
  street3?: string | null;

  @Field(() => String, { nullable: true, description: "Post code. Up to 10 characters." })
  postcode?: string | null;

  @Field(() => String, { nullable: true, description: "Town. Up to 60 characters." })
  town?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "ISO 3166-1 alpha-2 code, such as `CH`; left out: the institution's country.",
  })
  country?: string | null;
}

/** What a person is asked for, whoever asks. */
@InputType()
export abstract class PersonValuesInput {
  @Field(() => ContactTitle, { nullable: true, description: "Civility. Individuals only." })
  title?: ContactTitle | null;

  @Field(() => String, {
    nullable: true,
    description: "First name. Individuals only. Up to 100 characters, no digits.",
  })
  firstName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Last name. An individual must have one. Up to 100 characters, no digits.",
  })
  lastName?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number, as it is written." })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "Mobile telephone number, as it is written." })
  mobile?: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Birth date, not in the future. Individuals only." })
  birthDate?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 639-1 code, such as `fr`." })
  language?: string | null;
}

@InputType()
abstract class ContactValuesInput extends PersonValuesInput {
  @Field(() => String, {
    nullable: true,
    description: "Name of the structure. A structure must have one. Up to 100 characters.",
  })
  structureName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Number of the file in a previous system. Up to 60 characters; leading zeros count.",
  })
  referenceCode?: string | null;

  @Field(() => DisabilityType, { nullable: true, description: "The seat that suits the contact. Individuals only." })
  disabilityType?: DisabilityType | null;

  @Field(() => String, {
    nullable: true,
    description: "Free text, up to 2000 characters. Show the notice FREE_TEXT_CONTENT to who writes it.",
  })
  remark?: string | null;
}

@InputType({ description: "A new contact. Its confidentiality level is FREE and its role PUBLIC." })
export class CreateContactInput extends ContactValuesInput {
  @Field(() => ContactType, { description: "Individual or structure." })
  type!: ContactType;

  @Field(() => [AddressInput], { nullable: true, description: "At most one address of each kind." })
  addresses?: AddressInput[] | null;

  @Field(() => [CriterionInput], {
    nullable: true,
    description: "What the contact has for criteria. A compulsory one that is left out is warned of.",
  })
  criteria?: CriterionInput[] | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      "True creates the contact although others look like it. Otherwise nothing is created then, and they are answered.",
  })
  createDespiteDuplicates?: boolean | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A change of a contact. Fields that are left out stay; null clears." })
export class UpdateContactInput extends ContactValuesInput {
  @Field(() => ID, { description: "The contact." })
  id!: string;

  @Field(() => Int, {
    description: "The `version` that the change is based on. Another one in the meantime: VERSION_CONFLICT.",
  })
  version!: number;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "Who may see a contact." })
export class SetConfidentialityLevelInput {
  @Field(() => ID, { description: "The contact." })
  id!: string;

  @Field(() => ConfidentialityLevel, { description: "The new level, at most the caller's own clearance." })
  level!: ConfidentialityLevel;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "Until when a contact is valid." })
export class SetValidityEndDateInput {
  @Field(() => ID, { description: "The contact." })
  id!: string;

  @Field(() => DateScalar, {
    nullable: true,
    description: "The last valid day; null makes the contact valid for ever. Must be given.",
  })
  validityEndDate?: string | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "An address that replaces the contact's address of its kind." })
export class SetAddressInput extends AddressInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => Int, { nullable: true, description: versionDescription })
  version?: number | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "Which address to remove." })
export class RemoveAddressInput extends ContactChangeInput {
  @Field(() => AddressKind, { description: "The kind of the address." })
  kind!: AddressKind;

  @Field(() => Int, { nullable: true, description: versionDescription })
  version?: number | null;
}
