import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { audienceExplain } from "./explain.service.js";
import { AudienceExplanation } from "./explain.type.js";

@Resolver()
export class ExplainResolver {
  @Allow("target:read")
  @Query(() => AudienceExplanation, {
    nullable: true,
    description:
      "Why a contact receives a campaign or does not, gate by gate. Null when there is no such campaign or contact for the caller, when something that the gates decide by is withheld from him, and when the owner may not ask the targets any more.",
  })
  audienceExplain(
    @Arg("campaignId", () => ID, { description: "The campaign." }) campaignId: string,
    @Arg("contactId", () => ID, { description: "The contact." }) contactId: string,
    @Ctx() context: OperationContext,
  ) {
    return audienceExplain(context, { campaignId, contactId });
  }
}
