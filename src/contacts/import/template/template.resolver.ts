import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { findImportTemplate, findImportTemplates, generateImportTemplate } from "./template.service.js";
import {
  GenerateImportTemplateInput,
  GenerateImportTemplatePayload,
  ImportTemplate,
  ImportTemplateConnection,
} from "./template.type.js";

@Resolver(() => ImportTemplate)
export class ImportTemplateResolver {
  @Allow("import:run")
  @Query(() => ImportTemplate, {
    nullable: true,
    description: "An import template. Null when the caller has asked for none of this id.",
  })
  importTemplate(
    @Arg("id", () => ID, { description: "Opaque id of the template." }) id: string,
    @Ctx() context: OperationContext,
  ) {
    return findImportTemplate(context, id);
  }

  @Allow("import:run")
  @Query(() => ImportTemplateConnection, { description: "The caller's own import templates, the newest first." })
  importTemplates(
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return findImportTemplates(context, { first, after });
  }

  @Allow("import:run")
  @Mutation(() => GenerateImportTemplatePayload, {
    description:
      "Asks for a file with the contacts of a dynamic target, to be filled in and imported. It is made in the background: ask `importTemplate` how it stands. The export is recorded.",
  })
  generateImportTemplate(
    @Arg("input", () => GenerateImportTemplateInput, { description: "Which template." })
    input: GenerateImportTemplateInput,
    @Ctx() context: OperationContext,
  ) {
    return generateImportTemplate(context, input);
  }
}
