import { Field, ObjectType } from "type-graphql";
import { DateTimeScalar, DecimalScalar } from "../../platform/graphql/scalars.js";
import { IndicatorCode, IndicatorLevel } from "./indicator.enums.js";

@ObjectType({
  simpleResolvers: true,
  description: "What was worked out of a contact's history. Nobody types it in.",
})
export class Indicator {
  @Field(() => IndicatorCode, { description: "Which one." })
  code!: IndicatorCode;

  @Field(() => String, { description: "Its name, in the caller's language." })
  label!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      "ASSIDUITY: performances. SML: revenue of the previous season. SENIORITY: whole years. Null for the others: their level says all.",
  })
  value!: string | null;

  @Field(() => IndicatorLevel, {
    nullable: true,
    description: "What that means. Null for SENIORITY, and for SML without revenue.",
  })
  level!: IndicatorLevel | null;

  @Field(() => String, { nullable: true, description: "The level's name, in the caller's language." })
  levelLabel!: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When it was worked out last. Null when it never was: it is then as without a history.",
  })
  computedAt!: Date | null;
}
