import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { legalNotices, setLegalNotice } from "./notice.service.js";
import { LegalNoticeWording, SetLegalNoticeInput, SetLegalNoticePayload } from "./notice.type.js";

@Resolver()
export class LegalNoticeResolver {
  @Allow("wording:admin")
  @Query(() => [LegalNoticeWording], { description: "The legal notices in force, in all languages." })
  legalNotices(@Ctx() context: OperationContext) {
    return legalNotices(context);
  }

  @Allow("wording:admin")
  @Mutation(() => SetLegalNoticePayload, {
    description:
      "Gives a legal notice another wording, which is shown from now on. Texts of before stay: acts record the version that " +
      "was shown, and `legalNotice` tells its text.",
  })
  setLegalNotice(
    @Arg("input", () => SetLegalNoticeInput, { description: "The notice and its texts." }) input: SetLegalNoticeInput,
    @Ctx() context: OperationContext,
  ) {
    return setLegalNotice(context, input);
  }
}
