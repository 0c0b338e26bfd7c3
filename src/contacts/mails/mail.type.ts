import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";

export enum MailStatus {
  QUEUED = "QUEUED",
  SENT = "SENT",
  FAILED = "FAILED",
  CANCELLED = "CANCELLED",
}
registerEnumType(MailStatus, {
  name: "MailStatus",
  description: "What has become of a mail.",
  valuesConfig: {
    QUEUED: { description: "On its way; tried again when the mail server does not take it." },
    SENT: { description: "The mail server has taken it over." },
    FAILED: { description: "Given up: the mail server refuses it for good, or did not take it for days." },
    CANCELLED: { description: "No longer wanted when its turn came: the contact was anonymized or has no address." },
  },
});

export enum MailKind {
  PRIVACY_INFORMATION = "PRIVACY_INFORMATION",
  DOUBLE_OPT_IN = "DOUBLE_OPT_IN",
}
registerEnumType(MailKind, {
  name: "MailKind",
  description: "What a mail of the institution to a contact says.",
  valuesConfig: {
    PRIVACY_INFORMATION: { description: "Tells a person who was created on behalf of his rights. Never marketing." },
    DOUBLE_OPT_IN: { description: "Asks the person to confirm, by a link, what he is said to agree to." },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: "A mail that the contact file has sent or sends. Its text and its address are not kept.",
})
export class ContactMail {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;

  @Field(() => MailKind, { description: "What it says." })
  kind!: MailKind;

  @Field(() => MailStatus, { description: "What has become of it." })
  status!: MailStatus;

  @Field(() => Date, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it was sent or given up; null while it is on its way." })
  endedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "A page of mails to a contact." })
export class ContactMailConnection extends connectionOf("ContactMail", () => ContactMail) {}
