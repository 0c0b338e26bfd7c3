import { Directive, Field, ID, ObjectType } from "type-graphql";
import { ConfidentialityLevel } from "../../platform/access/clearance.js";
import type { Redaction } from "../../platform/access/fields.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { Address } from "../address.type.js";
import { ContactRole, ContactType } from "../contact.enums.js";

/** An entity, so that each subgraph adds its part, in one call for any number of contacts (F03). */
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description: "The summary tab: who the contact is at a glance. Read-only; a tombstone for an anonymized contact.",
})
export class ContactSummary {
  @Field(() => ID, { description: "Id of the contact." })
  id!: string;

  @Field(() => ContactType, { description: "Individual or structure." })
  type!: ContactType;

  @Field(() => String, { description: "The contact's number." })
  contactNumber!: string;

  @Field(() => ConfidentialityLevel, { description: "Who may see the contact." })
  confidentialityLevel!: ConfidentialityLevel;

  @Field(() => Boolean, { description: "False from the day after the validity end date." })
  isValid!: boolean;

  @Field(() => Date, { nullable: true, description: "When the identity was erased; null for a living file." })
  anonymizedAt!: Date | null;

  @Field(() => [RedactionType], { description: "The fields of this summary that the caller may not see." })
  redactions!: readonly Redaction[];

  @Field(() => String, { nullable: true, description: "Name to show." })
  displayName!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email!: string | null;

  @Field(() => Address, { nullable: true, description: "The main address; null when there is none." })
  mainAddress!: Address | null;

  @Field(() => [ContactRole], { nullable: true, description: "What the contact is for the institution." })
  roles!: ContactRole[] | null;
}
