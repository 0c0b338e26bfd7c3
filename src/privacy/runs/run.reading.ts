import DataLoader from "dataloader";
import { noteRead } from "../../platform/access/confidential-reads.js";
import type { OperationContext } from "../../platform/context.js";
import { assertFirst, type Connection, decodeCursor, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { message } from "../../platform/i18n/messages.js";
import { activityOf } from "../recency/index.js";
import { AnonymizationMode, AnonymizationOutcome, AnonymizationRunStatus } from "./run.enums.js";
import type { RunItemArguments, RunPageArguments } from "./run.inputs.js";
import "./run.messages.js";
import type { AnonymizationLogEntry, AnonymizationRun, AnonymizationRunItem, AnonymizationStep } from "./run.type.js";
import {
  type ItemRow,
  type LogRow,
  type RunRow,
  selectAnonymizationRuns,
  selectItems,
  selectLog,
  selectRunPage,
  selectSteps,
} from "./run-reading.sql.js";

const longestLog = 100;

/** What resolves its fields needs beside what is shown. */
export type FoundRun = AnonymizationRun & { readonly planId: string | null };

/** Null for an id of no run, and of one that does not exist for the caller. */
export async function findRun(context: OperationContext, id: string): Promise<FoundRun | null> {
  const key = decodeId("AnonymizationRun", id);
  return key === null ? null : runByKey(context, key);
}

export function runByKey(context: OperationContext, key: string): Promise<FoundRun | null> {
  return context.once(runLoader).load(key);
}

function runLoader(context: OperationContext) {
  return new DataLoader<string, FoundRun | null>(async (ids) => {
    const rows = await selectAnonymizationRuns(context.db, context.fields.clearance, ids);
    const byId = new Map(rows.map((row) => [row.id, toRun(context, row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** The newest first. @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function findRuns(
  context: OperationContext,
  { first, after = null }: RunPageArguments,
): Promise<Connection<FoundRun>> {
  assertFirst(first);
  const before = positionOf(after);
  const rows = await selectRunPage(context.db, context.fields.clearance, { before, limit: first + 1 });
  return page(
    rows.map((row) => toRun(context, row)),
    { first, after },
    ({ id }) => [decodeId("AnonymizationRun", id)],
  );
}

/** An id in a cursor; a cursor that nobody was given stands behind everything. */
function positionOf(after: string | null): string | null {
  const position = decodeCursor(after, 1)?.map(String)[0] ?? null;
  return position === null || /^\d{1,18}$/.test(position) ? position : "0";
}

function toRun({ locale }: OperationContext, row: RunRow): FoundRun {
  const { total, processed, failureCode } = row;
  const status = AnonymizationRunStatus[row.status as keyof typeof AnonymizationRunStatus];
  const part = total ? Math.min(1, processed / total) : 0;
  return {
    ...row,
    ...{ id: encodeId("AnonymizationRun", row.id), mode: AnonymizationMode[row.mode], status },
    failure: failureCode && message(failureCode, locale),
    progress: status === AnonymizationRunStatus.DONE ? 1 : part,
    counts: row,
  };
}

/** What happened to a run. */
export async function runLog(context: OperationContext, { id }: { id: string }): Promise<AnonymizationLogEntry[]> {
  const rows = await context.once(logLoader).load(decodeId("AnonymizationRun", id)!);
  return rows.map(({ at, code, count }) => ({
    ...{ at, code },
    message: message(code, context.locale, count === null ? {} : { count }),
  }));
}

function logLoader({ db }: OperationContext) {
  return new DataLoader<string, LogRow[]>(async (ids) => {
    const byRun = Map.groupBy(await selectLog(db, ids, longestLog), ({ runId }) => runId);
    return ids.map((id) => byRun.get(id) ?? []);
  });
}

/** What a run that was found for the caller says of contacts; who is confidential and shown stands in the access log. */
export async function runItems(
  context: OperationContext,
  { id }: { id: string },
  { outcome = null, first, after = null }: RunItemArguments,
): Promise<Connection<AnonymizationRunItem>> {
  assertFirst(first);
  const runId = decodeId("AnonymizationRun", id)!;
  const rows = await selectItems(context.db, runId, { outcome, after: positionOf(after) ?? "0", limit: first + 1 });
  const { edges, pageInfo } = page(rows, { first, after }, ({ contactId }) => [contactId]);
  const shown = edges.map(({ node }) => node);
  for (const { contactId, contactLevel } of shown)
    if (contactLevel !== null) noteRead(context, contactId, contactLevel);
  const steps = await stepsOf(context, runId, shown);
  const items = edges.map(({ cursor, node }) => ({ cursor, node: toItem(node, steps.get(node.chunk) ?? []) }));
  return { edges: items, nodes: items.map(({ node }) => node), pageInfo };
}

async function stepsOf(
  { db }: OperationContext,
  runId: string,
  rows: readonly ItemRow[],
): Promise<Map<number, AnonymizationStep[]>> {
  const chunks = [...new Set(rows.filter(isErased).map(({ chunk }) => chunk))];
  const found = chunks.length > 0 ? await selectSteps(db, runId, chunks) : [];
  return new Map(
    found.map(({ chunk, steps }) => [
      chunk,
      Object.entries(steps).map(([table, count]) => ({
        subgraph: table.split(".")[0]!,
        table,
        rowsOfTransaction: count,
      })),
    ]),
  );
}

const isErased = ({ outcomes }: ItemRow) => outcomes.includes("ANONYMIZE") || outcomes.includes("DELETE");

function toItem(row: ItemRow, steps: AnonymizationStep[]): AnonymizationRunItem {
  const { contactNumber, wasBlocked, balances, lastTicketEndDate, holdReason, day, computedAt } = row;
  return {
    ...{ contactNumber, wasBlocked, lastTicketEndDate, holdReason, balances: balances ?? [] },
    contact: row.contactLevel === null ? null : { id: encodeId("Contact", row.contactId) },
    outcomes: row.outcomes.map((code) => AnonymizationOutcome[code]),
    plannedOutcomes: row.planned?.map((code) => AnonymizationOutcome[code]) ?? null,
    gdprRecency: { date: day, decidingActivity: activityOf(row), computedAt },
    steps: isErased(row) ? steps : [],
  };
}
