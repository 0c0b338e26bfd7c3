import { Field, InputType, Int } from "type-graphql";
import { ConfidentialityLevel } from "../../platform/access/clearance.js";
import { IdempotencyKey } from "../../platform/graphql/idempotency-key.js";
import { ContactChangeInput } from "../contact.inputs.js";
import { CriterionApplicability, CriterionKind } from "./criterion.enums.js";
import { CriterionInput } from "./criterion-wish.inputs.js";

@InputType({ description: "A label, in one language at least. Up to 100 characters each." })
export class CriterionLabelsInput {
  @Field(() => String, { nullable: true, description: "In English." })
  en?: string | null;

  @Field(() => String, { nullable: true, description: "In French." })
  fr?: string | null;

  @Field(() => String, { nullable: true, description: "In Spanish." })
  es?: string | null;
}

/** What definitions and their values take alike. */
@InputType()
abstract class DefinedInput {
  @Field(() => CriterionLabelsInput, {
    nullable: true,
    description: "The label. A new one needs it; of a change, languages that are left out stay, null clears.",
  })
  labels?: CriterionLabelsInput | null;

  @Field(() => String, {
    nullable: true,
    description: "Code of the only organization that sets it; null for every one.",
  })
  organization?: string | null;

  @Field(() => Int, { nullable: true, description: "Where it stands in lists. A new one stands last when left out." })
  position?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "False takes it out of use. A new one is in use when left out.",
  })
  isActive?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The `version` that a change is based on; another one in the meantime: VERSION_CONFLICT. Left out for a new one.",
  })
  version?: number | null;

  @IdempotencyKey()
  idempotencyKey?: string | null;
}

@InputType({ description: "A new criterion, or a change of one. Of a change, fields that are left out stay." })
export class DefineCriterionInput extends DefinedInput {
  @Field(() => String, {
    description:
      "A capital, then up to 29 capitals, digits and underscores. Not EMPTY, nor what spreadsheets turn into something else, such as MAR1, nor the name of another column in files, such as EMAIL.",
  })
  code!: string;

  @Field(() => CriterionKind, { nullable: true, description: "What it takes. A new one needs it; it never changes." })
  kind?: CriterionKind | null;

  @Field(() => CriterionApplicability, { nullable: true, description: "Which contacts it is for. BOTH for a new one." })
  applicability?: CriterionApplicability | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether its value can be cleared no more. False for a new one.",
  })
  isCompulsory?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether internet users see it in their own file. False for a new one.",
  })
  isVisibleOnInternet?: boolean | null;

  @Field(() => ConfidentialityLevel, {
    nullable: true,
    description: "The clearance that its values take, at most the caller's own. FREE for a new one.",
  })
  level?: ConfidentialityLevel | null;
}

@InputType({ description: "A new value of a list, or a change of one. Of a change, fields that are left out stay." })
export class DefineCriterionValueInput extends DefinedInput {
  @Field(() => String, { description: "Code of the criterion." })
  criterionCode!: string;

  @Field(() => String, { description: "Code of the value in files. The same rule as for codes of criteria." })
  internalCode!: string;
}

@InputType({ description: "Criteria of a contact. Those that are not named stay as they are." })
export class SetCriteriaInput extends ContactChangeInput {
  @Field(() => [CriterionInput], { description: "Each criterion once, up to 500. All of them are set, or none." })
  criteria!: CriterionInput[];

  @Field(() => Int, {
    nullable: true,
    description: "The contact's `version` that the change is based on. Another one in the meantime: VERSION_CONFLICT.",
  })
  version?: number | null;
}
