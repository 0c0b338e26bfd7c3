import type { OperationContext } from "../../platform/context.js";
import { insertClickActivities } from "./click.sql.js";
import { isByPerson } from "./click-source.js";
import { reportBatch } from "./report.batch.js";
import { EngagementKind, type ReportClicksInput } from "./report.inputs.js";
import type { ReportClicksPayload } from "./report.payloads.js";

/** What a person may do that is activity. */
const counts: Readonly<Record<EngagementKind, boolean>> = {
  [EngagementKind.CLICK]: true,
  [EngagementKind.OPEN]: false,
};

/** Only a link that a person follows is activity, on the day of the click where the institution is (F68, A6). */
export async function reportClicks(
  context: OperationContext,
  { reports }: ReportClicksInput,
): Promise<ReportClicksPayload> {
  const answer = await reportBatch(context, {
    reports,
    read: (report) =>
      counts[report.kind ?? EngagementKind.CLICK] && isByPerson(report)
        ? { kind: "CLICK", outcome: "FOLLOWED" }
        : "LEFT_OUT",
    apply: (db, _visible, added) => insertClickActivities(db, added, context.caller.timeZone),
  });
  return { ...answer, notCounted: answer.leftOut };
}
