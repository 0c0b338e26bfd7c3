import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { institutionSettings, setInstitutionSettings } from "./settings.service.js";
import { InstitutionSettings, SetInstitutionSettingsInput, SetInstitutionSettingsPayload } from "./settings.type.js";

@Resolver()
export class SettingsResolver {
  @Allow("contact:read")
  @Query(() => InstitutionSettings, { description: "The caller's institution and its settings." })
  institutionSettings(@Ctx() context: OperationContext) {
    return institutionSettings(context);
  }

  @Allow("operator:admin")
  @Mutation(() => SetInstitutionSettingsPayload, {
    description: "Changes settings of the institution. In force with the next operation and the next run.",
  })
  setInstitutionSettings(
    @Arg("input", () => SetInstitutionSettingsInput, { description: "What changes." })
    input: SetInstitutionSettingsInput,
    @Ctx() context: OperationContext,
  ) {
    return setInstitutionSettings(context, input);
  }
}
