import { Directive, Field, ID, Int, InterfaceType, ObjectType } from "type-graphql";
import { ConfidentialityLevel } from "../access/clearance.js";

/** Types that every subgraph answers with. Federation calls them shareable: the same in each. */

@Directive("@shareable")
@ObjectType({
  simpleResolvers: true,
  description: "Something in the input that the caller has to change. Nothing was written.",
})
export class UserError {
  @Field(() => String, { description: "Stable code. Codes are added, never renamed." })
  code!: string;

  @Field(() => [String], {
    description: "Path of the input field at fault, from the input's root; empty for the input as a whole.",
  })
  field!: string[];

  @Field(() => String, { description: "What was wrong and what to do, in the caller's language." })
  message!: string;

  @Field(() => Int, { nullable: true, description: "Index in the list at fault, for inputs that carry lists." })
  elementIndex!: number | null;
}

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "Something worth knowing. The change was made." })
export class Warning {
  @Field(() => String, { description: "Stable code. Codes are added, never renamed." })
  code!: string;

  @Field(() => String, { description: "The warning in the caller's language." })
  message!: string;
}

@Directive("@shareable")
@ObjectType({ simpleResolvers: true, description: "A notice that the law asks to show." })
export class LegalNotice {
  @Field(() => String, { description: "Which notice." })
  code!: string;

  @Field(() => Int, { description: "Which wording: counts up when the text changes." })
  version!: number;

  @Field(() => String, { description: "Its text, in the language that was asked for." })
  text!: string;
}

@Directive("@shareable")
@ObjectType("Redaction", {
  simpleResolvers: true,
  description: "A field that is withheld from the caller, whether or not it has a value.",
})
export class RedactionType {
  @Field(() => String, { description: "Name of the field in this type." })
  field!: string;

  @Field(() => ConfidentialityLevel, { description: "The clearance that it takes." })
  requiredClearance!: ConfidentialityLevel;

  @Field(() => String, {
    nullable: true,
    description: "The permission that it takes beside the clearance; null for none.",
  })
  requiredPermission!: string | null;
}

@InterfaceType({
  description: "An object with an opaque id that `node` finds again (Relay).",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: "Opaque and stable." })
  id!: string;
}
