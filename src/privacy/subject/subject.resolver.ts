import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../platform/access/allow.js";
import type { OperationContext } from "../../platform/context.js";
import { exportSubject, subjectExport, subjectExports } from "./subject.service.js";
import { ExportSubjectInput, ExportSubjectPayload, SubjectExport, SubjectExportConnection } from "./subject.type.js";

@Resolver(() => SubjectExport)
export class SubjectExportResolver {
  @Allow("subject:export")
  @Query(() => SubjectExport, {
    nullable: true,
    description: "An export of a person's data that the caller has asked for. Null for any other.",
  })
  subjectExport(@Arg("id", () => ID, { description: "The export." }) id: string, @Ctx() context: OperationContext) {
    return subjectExport(context, id);
  }

  @Allow("subject:export")
  @Query(() => SubjectExportConnection, {
    description: "The exports of persons' data that the caller has asked for, the newest first.",
  })
  subjectExports(
    @Arg("contactId", () => ID, { nullable: true, description: "Of this contact alone; left out: of everybody." })
    contactId: string | null,
    @Arg("first", () => Int, { description: "How many, from 1 to 100." }) first: number,
    @Arg("after", () => String, { nullable: true, description: "The `endCursor` of the page before." })
    after: string | null,
    @Ctx() context: OperationContext,
  ) {
    return subjectExports(context, { contactId: contactId ?? null, first, after: after ?? null });
  }

  @Allow("subject:export")
  @Mutation(() => ExportSubjectPayload, {
    description:
      "Asks for everything that is held of a contact, for his right of access: complete, whatever its level. It is made in the " +
      "background: ask `subjectExport` how it stands. It stands in the access log before it can be fetched.",
  })
  exportSubject(
    @Arg("input", () => ExportSubjectInput, { description: "Whose data." }) input: ExportSubjectInput,
    @Ctx() context: OperationContext,
  ) {
    return exportSubject(context, input);
  }
}
