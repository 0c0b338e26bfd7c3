import { Field, Int, ObjectType } from "type-graphql";
import { ConfidentialityLevel } from "../../platform/access/clearance.js";
import type { Redaction } from "../../platform/access/fields.js";
import { RedactionType } from "../../platform/graphql/shared-types.js";
import { CriterionApplicability, CriterionKind } from "./criterion.enums.js";

@ObjectType({ simpleResolvers: true, description: "A label in the languages that it was given in." })
export class CriterionLabels {
  @Field(() => String, { nullable: true, description: "In English." })
  en!: string | null;

  @Field(() => String, { nullable: true, description: "In French." })
  fr!: string | null;

  @Field(() => String, { nullable: true, description: "In Spanish." })
  es!: string | null;
}

/** What definitions and their values have alike. */
@ObjectType({ simpleResolvers: true })
abstract class Defined {
  @Field(() => String, { description: "The label in the caller's language, or in the next that there is." })
  label!: string;

  @Field(() => CriterionLabels, { description: "The label in each language." })
  labels!: CriterionLabels;

  @Field(() => String, {
    nullable: true,
    description: "Code of the only organization that sets it; null when every one does.",
  })
  organization!: string | null;

  @Field(() => Int, { description: "Where it stands in lists, from low to high." })
  position!: number;

  @Field(() => Boolean, { description: "False: contacts that have it keep it, and no other gets it." })
  isActive!: boolean;

  @Field(() => Int, { description: "Counts up with each change; a change names the version that it is based on." })
  version!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "A criterion: something that the institution classifies its contacts by.",
})
export class CriterionDefinition extends Defined {
  @Field(() => String, { description: "Stable code, the name of the criterion in files. Never changes." })
  code!: string;

  @Field(() => CriterionKind, { description: "What it takes. Never changes." })
  kind!: CriterionKind;

  @Field(() => CriterionApplicability, { description: "Which contacts it is for." })
  applicability!: CriterionApplicability;

  @Field(() => Boolean, { description: "True: a contact that has a value can get another one, and not lose it." })
  isCompulsory!: boolean;

  @Field(() => Boolean, { description: "True: internet users see it in their own file." })
  isVisibleOnInternet!: boolean;

  @Field(() => ConfidentialityLevel, { description: "The clearance that its values take." })
  level!: ConfidentialityLevel;
}

@ObjectType({ simpleResolvers: true, description: "A value of a criterion that is a list." })
export class CriterionValue extends Defined {
  @Field(() => String, { description: "Stable code of the value, as files give it (F89). Never changes." })
  internalCode!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "What a contact has for one criterion. One whose level is above the caller's clearance is always there when it is for such contacts, with or without a value, and says so in `redactions`.",
})
export class ContactCriterion {
  @Field(() => CriterionDefinition, { description: "The criterion." })
  definition!: CriterionDefinition;

  @Field(() => [CriterionValue], {
    nullable: true,
    description: "Of a list: the values, in their order. Null for other kinds, and when withheld.",
  })
  values!: CriterionValue[] | null;

  @Field(() => Boolean, { nullable: true, description: "Of a yes or no. Null for other kinds, and when withheld." })
  yesNo!: boolean | null;

  @Field(() => String, { nullable: true, description: "Of a free text. Null for other kinds, and when withheld." })
  text!: string | null;

  @Field(() => [RedactionType], { description: "What of it the caller may not see." })
  redactions!: readonly Redaction[];
}
