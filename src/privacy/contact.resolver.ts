import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { Allow } from "../platform/access/allow.js";
import type { OperationContext } from "../platform/context.js";
import { AuditArgs } from "./audit.args.js";
import { auditOfContact, contactAudit } from "./audit.service.js";
import { AuditEntryConnection } from "./audit-entry.type.js";
import { Contact } from "./contact.type.js";

@Resolver(() => Contact)
export class ContactResolver {
  @Allow("audit:read")
  @Query(() => AuditEntryConnection, {
    description:
      "Changes of a contact file in a time frame, newest first. Empty when no contact has this id, or none that the caller may see.",
  })
  contactAudit(
    @Arg("contactId", () => ID, { description: "The contact." }) contactId: string,
    @Args(() => AuditArgs) wish: AuditArgs,
    @Ctx() context: OperationContext,
  ) {
    return contactAudit(context, contactId, wish);
  }

  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description: "Changes of this contact file in a time frame, newest first. Null when withheld.",
  })
  audit(@Root() contact: Contact, @Args(() => AuditArgs) wish: AuditArgs, @Ctx() context: OperationContext) {
    return auditOfContact(context, contact.id, wish);
  }
}
