import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { anonymizeContact } from "./anonymize.service.js";
import { AnonymizeContactInput, AnonymizeContactPayload } from "./anonymize.type.js";

@Resolver()
export class AnonymizeResolver {
  @Allow("contact:anonymize")
  @Mutation(() => AnonymizeContactPayload, {
    description:
      "Erases who a contact is, in every part of the file and of his histories, for good. Country, town and postcode of his addresses stay for statistics, and his sales and payments on a shell without a name. Refused with an open balance, for structures, and for roles beyond the public.",
  })
  anonymizeContact(
    @Arg("input", () => AnonymizeContactInput, { description: "The contact." }) input: AnonymizeContactInput,
    @Ctx() context: OperationContext,
  ) {
    return anonymizeContact(context, input);
  }
}
