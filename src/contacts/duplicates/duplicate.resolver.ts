import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { possibleDuplicates } from "./duplicate.service.js";
import { PossibleDuplicateConnection } from "./duplicate.type.js";

@Resolver()
export class DuplicateResolver {
  @Allow("contact:read")
  @Query(() => PossibleDuplicateConnection, {
    description:
      "Contacts that may be the same person or structure as this one, those with most in common first. Only contacts that the caller sees, compared by what he sees of them.",
  })
  possibleDuplicates(
    @Arg("contactId", () => ID, { description: "The contact." }) contactId: string,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return possibleDuplicates(context, { contactId, first, after });
  }
}
