import type { OperationContext } from "../../../platform/context.js";
import { decodeId } from "../../../platform/graphql/opaque-id.js";
import type { Download } from "../../../platform/http/download.js";
import { selectOwnReport } from "./report.sql.js";

/** Where reports of imports are fetched. */
export const reportPath = "/imports/report";

/** Where the caller fetches the rows to mend of his import; null where there are none, or none any more. */
export async function reportUrl({ db, services }: OperationContext, jobId: string): Promise<string | null> {
  const fileId = await selectOwnReport(db, decodeId("ImportJob", jobId)!);
  return fileId === null ? null : services.links.at(reportPath, { id: jobId });
}

/** The report behind the id of an import, for who started it. */
export async function findReportFile(context: OperationContext, id: string): Promise<Download | null> {
  const key = decodeId("ImportJob", id);
  if (key === null || !context.caller.permissions.has("import:run")) return null;
  const fileId = await selectOwnReport(context.db, key);
  return fileId === null ? null : { fileId, name: `import-${key}-to-mend.csv`, type: "text/csv" };
}
