import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { AudienceOutcome } from "./audience.enums.js";
import { audience, countsOf, recipientCountOf } from "./audience.service.js";
import { AudienceCount, AudienceEntryConnection } from "./audience.type.js";

@Resolver(() => AudienceEntryConnection)
export class AudienceResolver {
  @Allow("audience:export")
  @Query(() => AudienceEntryConnection, {
    nullable: true,
    description:
      "Whom a campaign reaches and whom not, as things are now: each contact of its targets and each that was added once, with the first reason that holds it back. Asked with the rights of the campaign's owner. Of a campaign that was run, whom it was sent to and whom not, as its runs recorded it; who was sent to and may not be any more has the reason of now. Null when there is no such campaign for the caller, when something is withheld from him that it is decided by, or when the owner may not ask his targets any more; of one that was run, nor the caller himself.",
  })
  audience(
    @Arg("campaignId", () => ID, { description: "The campaign." }) campaignId: string,
    @Arg("outcome", () => AudienceOutcome, { nullable: true, description: "Only those; everybody when left out." })
    outcome: AudienceOutcome | null,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return audience(context, campaignId, { outcome: outcome ?? null, first, after: after ?? null });
  }

  @FieldResolver(() => [AudienceCount], {
    description: "How many there are of each outcome, on all pages; outcomes that nobody has are left out.",
  })
  counts(@Root() connection: AudienceEntryConnection) {
    return countsOf(connection);
  }

  @FieldResolver(() => Int, {
    description: "How many receive it, on all pages. Faster than `counts`, which has reasons.",
  })
  recipientCount(@Root() connection: AudienceEntryConnection) {
    return recipientCountOf(connection);
  }
}
