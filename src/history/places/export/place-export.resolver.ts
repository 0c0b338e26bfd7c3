import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Allow } from "../../../platform/access/allow.js";
import type { OperationContext } from "../../../platform/context.js";
import { exportContactsByPlace } from "./place-export.service.js";
import {
  ContactsByPlaceExport,
  ExportContactsByPlaceInput,
  ExportContactsByPlacePayload,
} from "./place-export.type.js";

@Resolver(() => ContactsByPlaceExport)
export class PlaceExportResolver {
  @Allow("report:export")
  @Mutation(() => ExportContactsByPlacePayload, {
    description:
      "Writes the report `contactsByPlace` into a file: counts by country, post code and town of the contacts that the caller may " +
      "see. Stands in the access log.",
  })
  exportContactsByPlace(
    @Arg("input", () => ExportContactsByPlaceInput, { description: "Which report." }) input: ExportContactsByPlaceInput,
    @Ctx() context: OperationContext,
  ) {
    return exportContactsByPlace(context, input);
  }
}
