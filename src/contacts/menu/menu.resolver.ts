import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { ContactType } from "../contact.enums.js";
import { contactFileMenu } from "./menu.service.js";
import { ContactFileMenuItem } from "./menu.type.js";

@Resolver()
export class MenuResolver {
  @Allow("authenticated")
  @Query(() => [ContactFileMenuItem], {
    description: "The vertical menu of the contact file with its tabs: 12 items for an individual, 16 for a structure.",
  })
  contactFileMenu(
    @Arg("type", () => ContactType, { description: "Individual or structure." }) type: ContactType,
    @Arg("locale", () => String, {
      nullable: true,
      description:
        "Language of the labels, such as `es`; English when there is no translation. Left out: the request's own.",
    })
    locale: string | null,
    @Ctx() context: OperationContext,
  ) {
    return contactFileMenu(context, type, locale ?? null);
  }
}
