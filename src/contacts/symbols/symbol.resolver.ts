import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { OperationContext } from "../../platform/context.js";
import type { VisibleContact } from "../contact.loaders.js";
import { Contact } from "../contact.type.js";
import { contactSymbolHints, contactSymbols } from "./symbol.service.js";
import { ContactSymbol, SymbolHint } from "./symbol.type.js";

@Resolver(() => Contact)
export class SymbolResolver {
  @FieldResolver(() => [ContactSymbol], {
    nullable: true,
    description:
      "Pictograms beside the name, always in the same order: of contacts that `searchContacts` finds with the context SALES. Empty everywhere else.",
  })
  symbols(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactSymbols(context, contact);
  }

  @FieldResolver(() => [SymbolHint], {
    nullable: true,
    description: "The `symbols` with what to say of each, in the language of the request.",
  })
  symbolHints(@Root() contact: VisibleContact, @Ctx() context: OperationContext) {
    return contactSymbolHints(context, contact);
  }
}
