import { Directive, Field, Int, ObjectType } from "type-graphql";
import { ConfidentialityLevel } from "../platform/access/clearance.js";
import type { Redaction } from "../platform/access/fields.js";
import { connectionOf } from "../platform/graphql/connection.js";
import { DateScalar } from "../platform/graphql/scalars.js";
import { Node, RedactionType } from "../platform/graphql/shared-types.js";
import { ContactTitle, ContactType, DisabilityType } from "./contact.enums.js";

/**
 * The contact file's own part of a contact. Whatever an institution may withhold is nullable.
 * Addresses, roles and connections are in contact-lists.resolver.ts.
 */
@Directive('@key(fields: "id")')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    "A person or structure that the institution knows: the contact file. A contact above the caller's clearance does not exist for him. Fields that are withheld are null and listed in `redactions`.",
})
export class Contact extends Node {
  @Field(() => ContactType, { description: "Individual or structure. Never withheld." })
  type!: ContactType;

  @Field(() => String, {
    description:
      "Human identifier: digits, leading zeros count, unique per institution. Given by the system, gaps are normal. Never withheld.",
  })
  contactNumber!: string;

  @Field(() => ConfidentialityLevel, {
    description: "Who may see the contact: callers of this clearance or above. Never withheld.",
  })
  confidentialityLevel!: ConfidentialityLevel;

  @Field(() => Boolean, {
    description: "True through the validity end date, false from the day after it. Never withheld.",
  })
  isValid!: boolean;

  @Field(() => Date, {
    nullable: true,
    description: "When the identity was erased; null for a living file. Never withheld.",
  })
  anonymizedAt!: Date | null;

  @Field(() => Int, {
    description: "Counts up with each change; an update names the version that it has seen. Never withheld.",
  })
  version!: number;

  @Field(() => [RedactionType], {
    description: "The fields of this contact that the caller may not see, with or without a value. Never withheld.",
  })
  redactions!: readonly Redaction[];

  @Field(() => String, { nullable: true, description: "Name to show: structure name, or first and last name." })
  displayName!: string | null;

  @Field(() => ContactTitle, { nullable: true, description: "Civility. Individuals only." })
  title!: ContactTitle | null;

  @Field(() => String, { nullable: true, description: "First name. Individuals only." })
  firstName!: string | null;

  @Field(() => String, { nullable: true, description: "Last name. Individuals only." })
  lastName!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the structure. Structures only." })
  structureName!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address. Several contacts may share one." })
  email!: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "Mobile telephone number." })
  mobile!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Birth date. Individuals only." })
  birthDate!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Language for communication, as an ISO 639-1 code such as `fr`.",
  })
  language!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Free external code, normally the number of the file in a previous system. Not unique; leading zeros count.",
  })
  referenceCode!: string | null;

  @Field(() => DateScalar, { nullable: true, description: "Last day on which the contact is valid; null for ever." })
  validityEndDate!: string | null;

  @Field(() => DisabilityType, { nullable: true, description: "The seat that suits the contact. Individuals only." })
  disabilityType!: DisabilityType | null;

  @Field(() => String, { nullable: true, description: "Free text of the general tab." })
  remark!: string | null;

  @Field(() => Boolean, { nullable: true, description: "True while the contact may not buy, anywhere." })
  isBlocked!: boolean | null;

  @Field(() => Date, { nullable: true, description: "Since when the contact may not buy; null while it may." })
  blockedSince!: Date | null;

  @Field(() => String, { nullable: true, description: "Why the contact may not buy." })
  blockedReason!: string | null;

  @Field(() => Date, { nullable: true, description: "When the file was created." })
  createdAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When the file was last changed." })
  updatedAt!: Date | null;
}

/** Also the shape of a row of `contacts.contact`, before redaction and with the database's id. */
export interface ContactRow {
  id: string;
  type: ContactType;
  contactNumber: string;
  confidentialityLevel: number;
  isValid: boolean;
  anonymizedAt: Date | null;
  version: number;
  title: ContactTitle | null;
  firstName: string | null;
  lastName: string | null;
  structureName: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  birthDate: string | null;
  language: string | null;
  referenceCode: string | null;
  validityEndDate: string | null;
  disabilityType: DisabilityType | null;
  remark: string | null;
  isBlocked: boolean;
  blockedSince: Date | null;
  blockedReason: string | null;
  createdAt: Date;
  updatedAt: Date;
}

@ObjectType({ simpleResolvers: true, description: "A page of contacts." })
export class ContactConnection extends connectionOf("Contact", () => Contact) {
  @Field(() => Int, { description: "How many contacts the search finds, exactly. Counted only when asked for." })
  totalCount!: number;
}
