import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { audienceExport, audienceExports, exportAudience } from "./export.service.js";
import { AudienceExport, AudienceExportConnection, ExportAudienceInput, ExportAudiencePayload } from "./export.type.js";

@Resolver(() => AudienceExport)
export class AudienceExportResolver {
  @Allow("audience:export")
  @Query(() => AudienceExport, { nullable: true, description: "An export of the caller's own. Null for any other." })
  audienceExport(@Arg("id", () => ID, { description: "The export." }) id: string, @Ctx() context: OperationContext) {
    return audienceExport(context, id);
  }

  @Allow("audience:export")
  @Query(() => AudienceExportConnection, { description: "The caller's own exports, the newest first." })
  audienceExports(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return audienceExports(context, { first, after: after ?? null });
  }

  @Allow("audience:export")
  @Mutation(() => ExportAudiencePayload, {
    description:
      "Writes all recipients of a campaign, as things are now, into a file: for who sends it, in one piece instead of pages. Stands in the access log before the file can be fetched.",
  })
  exportAudience(
    @Arg("input", () => ExportAudienceInput, { description: "The campaign, and the notice that was accepted." })
    input: ExportAudienceInput,
    @Ctx() context: OperationContext,
  ) {
    return exportAudience(context, input);
  }
}
