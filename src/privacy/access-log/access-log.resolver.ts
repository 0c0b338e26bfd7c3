import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { AuditArgs } from "../audit.args.js";
import { accessLog } from "./access-log.service.js";
import { AccessLogEntryConnection } from "./access-log.type.js";

@Resolver()
export class AccessLogResolver {
  @Allow("audit:read")
  @Query(() => AccessLogEntryConnection, {
    description:
      "Who was shown a confidential contact or exported his data, in a time frame, newest first; without a contact, all exports. " +
      "Empty when no contact has this id, or none that the caller may see.",
  })
  accessLog(
    @Arg("contactId", () => ID, { nullable: true, description: "The contact; left out: exports about whomever." })
    contactId: string | null,
    @Args(() => AuditArgs) wish: AuditArgs,
    @Ctx() context: OperationContext,
  ) {
    return accessLog(context, contactId ?? null, wish);
  }
}
