import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { UserError, Warning } from "../../platform/graphql/shared-types.js";

export enum TemplateMail {
  ATTACHMENT = "ATTACHMENT",
  LINK = "LINK",
}

registerEnumType(TemplateMail, {
  name: "TemplateMail",
  description: "How a generated import template goes out by mail (F83).",
  valuesConfig: {
    ATTACHMENT: { description: "The mail carries the zip, up to 10 MB; above that a link." },
    LINK: { description: "The mail carries a link, which opens only with the caller's own token." },
  },
});

const months = "Calendar months, from 1 to 1200.";

@ObjectType({ simpleResolvers: true, description: "What an institution is, and what it decided for itself." })
export class InstitutionSettings {
  @Field(() => String, { description: "Its code, as tokens name it." })
  institution!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => String, { description: "The time zone that its days are counted in (IANA)." })
  timeZone!: string;

  @Field(() => String, { description: "The country of new addresses (ISO 3166-1)." })
  country!: string;

  @Field(() => String, { description: "The language of new contacts (ISO 639-1)." })
  locale!: string;

  @Field(() => TemplateMail, { description: "How import templates go out by mail." })
  templateMail!: TemplateMail;

  @Field(() => Boolean, {
    description: "True when the refusal of one contact holds for all contacts with his e-mail address.",
  })
  refusalByAddress!: boolean;

  @Field(() => Boolean, {
    description: "True when changes by an import renew the GDPR recency of a contact, as his own do.",
  })
  importRenewsRecency!: boolean;

  @Field(() => Int, {
    description: `How long a contact is inactive before he is anonymized, where a run says nothing. ${months}`,
  })
  inactivityMonths!: number;

  @Field(() => Int, { nullable: true, description: `The same for customers; null: as for everybody. ${months}` })
  customerInactivityMonths!: number | null;

  @Field(() => Int, { nullable: true, description: `The same for prospects; null: as for everybody. ${months}` })
  prospectInactivityMonths!: number | null;

  @Field(() => Int, { description: "Counts up with each change of a setting or field level." })
  version!: number;
}

@InputType({ description: "Settings to change. What is left out stays." })
export class SetInstitutionSettingsInput {
  @Field(() => TemplateMail, { nullable: true, description: "How import templates go out by mail." })
  templateMail?: TemplateMail | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the refusal of one contact holds for all contacts with his e-mail address.",
  })
  refusalByAddress?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether changes by an import renew the GDPR recency." })
  importRenewsRecency?: boolean | null;

  @Field(() => Int, { nullable: true, description: `How long until inactive contacts are anonymized. ${months}` })
  inactivityMonths?: number | null;

  @Field(() => Int, { nullable: true, description: `For customers; null: as for everybody. ${months}` })
  customerInactivityMonths?: number | null;

  @Field(() => Int, { nullable: true, description: `For prospects; null: as for everybody. ${months}` })
  prospectInactivityMonths?: number | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Answer to `setInstitutionSettings`." })
export class SetInstitutionSettingsPayload {
  @Field(() => InstitutionSettings, {
    nullable: true,
    description: "The settings as they are now; null when nothing was written.",
  })
  institutionSettings!: InstitutionSettings | null;

  @Field(() => [UserError], { description: "What to mend in the input. Empty when the change was made." })
  userErrors!: UserError[];

  @Field(() => [Warning], { description: "What is worth knowing about a change that was made." })
  warnings!: Warning[];
}
