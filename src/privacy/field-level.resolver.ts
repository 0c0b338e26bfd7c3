import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { fieldLevels, setFieldLevel } from "./field-level.service.js";
import { FieldLevel, SetFieldLevelInput, SetFieldLevelPayload } from "./field-level.type.js";

@Resolver()
export class FieldLevelResolver {
  // not for everyone: each answer already says in `redactions` what it withholds from its caller
  @Allow("operator:admin")
  @Query(() => [FieldLevel], { description: "Every field that can be withheld, with its level in the institution." })
  fieldLevels(@Ctx() context: OperationContext) {
    return fieldLevels(context);
  }

  @Allow("operator:admin")
  @Mutation(() => SetFieldLevelPayload, {
    description: "Sets the clearance that a field takes, for the whole institution. In force with the next operation.",
  })
  setFieldLevel(
    @Arg("input", () => SetFieldLevelInput, { description: "Which level to give to which field." })
    input: SetFieldLevelInput,
    @Ctx() context: OperationContext,
  ) {
    return setFieldLevel(context, input);
  }
}
