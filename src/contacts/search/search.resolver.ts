import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { SearchContext } from "../contact.enums.js";
import { ContactConnection } from "../contact.type.js";
import { ContactFilter } from "./search.inputs.js";
import { findContacts } from "./search.service.js";

@Resolver()
export class SearchResolver {
  @Allow("contact:read")
  @Query(() => ContactConnection, {
    description:
      "Contacts that fit the filter, the best hits first, then by name. Contacts above the caller's clearance are neither found nor counted; anonymized ones never are.",
  })
  searchContacts(
    @Arg("filter", () => ContactFilter, { description: "What to search for." }) filter: ContactFilter,
    @Arg("context", () => SearchContext, {
      defaultValue: SearchContext.CONTACT_MODULE,
      description: "Where the search is made from.",
    })
    from: SearchContext,
    @Arg("includeInvalid", () => Boolean, {
      defaultValue: false,
      description: "Also contacts whose validity has ended.",
    })
    includeInvalid: boolean,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." }) after:
      | string
      | null,
    @Ctx() context: OperationContext,
  ) {
    return findContacts(context, { filter, from, includeInvalid, first, after });
  }
}
