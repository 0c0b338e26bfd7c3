import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import { Contact } from "../contact.type.js";
import { contactCampaigns } from "./contact-campaign.service.js";
import { ContactCampaignConnection } from "./contact-campaign.type.js";

@Resolver(() => Contact)
export class ContactCampaignResolver {
  @FieldResolver(() => ContactCampaignConnection, {
    nullable: true,
    description:
      "The campaigns that the contact was in, also where he was left out, and those that he was added to by hand; the newest first.",
  })
  campaigns(
    @Root() { id }: Contact,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return contactCampaigns(context, id, { first, after: after ?? null });
  }
}
