import { Arg, Ctx, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { AuthorizationCode } from "./authorization.js";
import { authorizationWording, authorizationWordings, publishWording } from "./wording.service.js";
import { AuthorizationWording, PublishWordingInput, PublishWordingPayload } from "./wording.type.js";

@Resolver()
export class WordingResolver {
  @Allow("contact:read")
  @Query(() => [AuthorizationWording], {
    description: "The texts in force that persons are asked to agree to: at most one for each language of each code.",
  })
  authorizationWordings(
    @Arg("code", () => AuthorizationCode, { nullable: true, description: "Only of this code." })
    code: AuthorizationCode | null | undefined,
    @Arg("locale", () => String, { nullable: true, description: "Only in this language: en, fr or es." })
    locale: string | null | undefined,
    @Ctx() context: OperationContext,
  ) {
    return authorizationWordings(context, { code, locale });
  }

  @Allow("contact:read")
  @Query(() => AuthorizationWording, {
    nullable: true,
    description: "One version of a text, also one that is no longer in force. Null when there is none.",
  })
  authorizationWording(
    @Arg("code", () => AuthorizationCode, { description: "What it asks for." }) code: AuthorizationCode,
    @Arg("locale", () => String, { description: "Its language: en, fr or es." }) locale: string,
    @Arg("version", () => Int, { description: "Its version in that language." }) version: number,
    @Ctx() context: OperationContext,
  ) {
    return authorizationWording(context, { code, locale, version });
  }

  @Allow("wording:admin")
  @Mutation(() => PublishWordingPayload, {
    description:
      "Publishes a text that persons are asked to agree to. It never changes afterwards: another text becomes the next version of its language.",
  })
  publishWording(
    @Arg("input", () => PublishWordingInput, { description: "The text." }) input: PublishWordingInput,
    @Ctx() context: OperationContext,
  ) {
    return publishWording(context, input);
  }
}
