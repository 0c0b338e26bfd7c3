import { exportTask } from "../../../src/marketing/index.js";
import type { OperationContext } from "../../../src/platform/context.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { ask } from "../graph.js";
import { unzipped } from "./unzipped.js";

export interface ShownExport {
  id: string;
  status: string;
  progress: number;
  contactCount: number | null;
  sizeBytes: number | null;
  sha256: string | null;
  failure: { code: string } | null;
  downloadUrl: string | null;
  expiresAt: string | null;
}

export interface ExportAnswer {
  audienceExport: ShownExport | null;
  legalNotice: { code: string; version: number };
  userErrors: { code: string; field: string[] }[];
  warnings: { code: string }[];
}

const shown = "id status progress contactCount sizeBytes sha256 failure { code } downloadUrl expiresAt";

/** Asks for an export, with the notice accepted unless said. */
export async function request(context: OperationContext, campaignId: string, wish: object = {}): Promise<ExportAnswer> {
  const document = `mutation ($input: ExportAudienceInput!) { exportAudience(input: $input) {
    audienceExport { ${shown} } legalNotice { code version } userErrors { code field } warnings { code } } }`;
  const input = { campaignId, acceptedNoticeVersion: 1, ...wish };
  const { data, errors } = await ask(context, document, { input });
  if (errors) throw errors[0];
  return data?.exportAudience as ExportAnswer;
}

/** Runs an export as the worker does. */
export async function runExport(
  { services, caller }: OperationContext,
  id: string,
  signal = new AbortController().signal,
): Promise<void> {
  const payload = { institutionId: caller.institutionId, id: decodeId("AudienceExport", id)! };
  await exportTask(services).run(payload, signal);
}

export async function readExport(context: OperationContext, id: string): Promise<ShownExport | null> {
  const { data, errors } = await ask(context, `query ($id: ID!) { audienceExport(id: $id) { ${shown} } }`, { id });
  if (errors) throw errors[0];
  return data?.audienceExport as ShownExport | null;
}

/** An export from its request to its end. */
export async function exported(context: OperationContext, campaignId: string): Promise<ShownExport> {
  const { audienceExport, userErrors } = await request(context, campaignId);
  if (!audienceExport) throw new Error(JSON.stringify(userErrors));
  await runExport(context, audienceExport.id);
  return (await readExport(context, audienceExport.id))!;
}

/** The objects of the one file, and the text of the other. */
export function contentOf(zip: Buffer): { objects: Record<string, string>[]; csv: string } {
  const files = unzipped(zip);
  const lines = files.get("recipients.jsonl")!.split("\n");
  if (lines.pop() !== "") throw new Error("the last line has no end");
  return { objects: lines.map((line) => JSON.parse(line)), csv: files.get("recipients.csv")! };
}
