import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { message } from "../../platform/i18n/messages.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { addSchedule, nextOccurrence, removeSchedule } from "../../platform/jobs/index.js";
import type { NamedPlan } from "./plan.sql.js";
import { AnonymizationMode } from "./run.enums.js";
import { confirmedPlan, periodsOf, termProblems } from "./run.service.js";
import "./schedule.messages.js";
import {
  deleteSchedule,
  insertBatchType,
  insertSchedule,
  lockSchedules,
  type ScheduleRow,
  selectBatchTypes,
  selectSchedules,
} from "./schedule.sql.js";
import {
  type AnonymizationSchedule,
  type BatchType,
  BatchTypeCode,
  type EnsureBatchTypeInput,
  type EnsureBatchTypePayload,
  type RemoveAnonymizationScheduleInput,
  type RemoveAnonymizationSchedulePayload,
  type ScheduleAnonymizationInput,
  type ScheduleAnonymizationPayload,
} from "./schedule.type.js";

const queue = "privacy.anonymization-schedule";
const mostSchedules = 20;

const labels: Readonly<Record<BatchTypeCode, string>> = { INACTIVE_CONTACTS: "BATCH_TYPE_INACTIVE_CONTACTS" };

/** The types of batch that there are. */
export async function batchTypes({ db, locale }: OperationContext): Promise<BatchType[]> {
  const rows = await selectBatchTypes(db);
  return rows.map((row) => {
    const code = BatchTypeCode[row.code as keyof typeof BatchTypeCode];
    return { ...row, code, label: message(labels[code], locale) };
  });
}

/** Makes a type of batch, when it is not there (F57). */
export async function ensureBatchType(
  context: OperationContext,
  input: EnsureBatchTypeInput,
): Promise<EnsureBatchTypePayload> {
  const call = { mutation: "ensureBatchType", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    await insertBatchType(db, input.code);
    return {};
  });
  if ("problems" in done)
    return { batchType: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  const batchType = (await batchTypes(context)).find(({ code }) => code === input.code) ?? null;
  return { batchType, userErrors: [], warnings: [] };
}

/** All schedules, the newest first. */
export async function anonymizationSchedules(context: OperationContext): Promise<AnonymizationSchedule[]> {
  const rows = await selectSchedules(context.db, context.fields.clearance);
  return rows.map((row) => toSchedule(context, row));
}

function toSchedule(context: OperationContext, row: ScheduleRow): AnonymizationSchedule {
  const nextAt = nextOccurrence({ cron: row.cron, timeZone: context.caller.timeZone }, context.now());
  return { ...row, id: encodeId("AnonymizationSchedule", row.id), mode: AnonymizationMode[row.mode], nextAt };
}

/** Runs the batch again and again (F53, F57). A schedule of RUNs is confirmed once, by a plan (4.2). */
export async function scheduleAnonymization(
  context: OperationContext,
  input: ScheduleAnonymizationInput,
): Promise<ScheduleAnonymizationPayload> {
  const { caller } = context;
  const mode = input.mode ?? AnonymizationMode.SIMULATION;
  const when = { cron: input.cron.trim(), timeZone: caller.timeZone };
  const isRun = mode === AnonymizationMode.RUN;
  const problems = [
    ...termProblems(context, input),
    ...(nextOccurrence(when, context.now()) ? [] : [problem("INVALID_CRON", ["cron"])]),
    ...(isRun && !caller.permissions.has("privacy:run") ? [problem("RUN_NOT_PERMITTED", ["mode"])] : []),
    ...(isRun && input.planHash == null ? [problem("RUN_NEEDS_PLAN", ["planHash"])] : []),
  ];
  const call = { mutation: "scheduleAnonymization", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    if (problems.length > 0) refuse(...problems);
    if ((await lockSchedules(db)) >= mostSchedules)
      refuse(problem("TOO_MANY_SCHEDULES", [], { maximum: mostSchedules }));
    if ((await selectBatchTypes(db)).length === 0) refuse(problem("BATCH_TYPE_MISSING"));
    const periods = await periodsOf(db, input);
    if (isRun) assertSamePeriods(await confirmedPlan(context, db, input.planHash!), periods);
    const id = await insertSchedule(db, {
      ...{ ...periods, ...when, mode, planHash: isRun ? input.planHash! : null },
      organization: input.organizationId ?? caller.organizations[0] ?? null,
      ...{ clearance: caller.clearance, claims: claimsOf(caller) },
    });
    await addSchedule(db, queue, { institutionId: db.institutionId, id }, when);
    return { anonymizationSchedule: id };
  });
  if ("problems" in done)
    return { anonymizationSchedule: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  const id = encodeId("AnonymizationSchedule", done.ids.anonymizationSchedule);
  const anonymizationSchedule = (await anonymizationSchedules(context)).find((each) => each.id === id) ?? null;
  return { anonymizationSchedule, userErrors: [], warnings: [] };
}

/** What was confirmed is what is going to be done. */
function assertSamePeriods(plan: NamedPlan, periods: Awaited<ReturnType<typeof periodsOf>>): void {
  const isSame = (Object.keys(periods) as (keyof typeof periods)[]).every((name) => plan[name] === periods[name]);
  if (!isSame) refuse(problem("SIMULATION_OF_OTHER_PERIODS", ["planHash"]));
}

/** Ends a schedule. What it has begun goes on. */
export async function removeAnonymizationSchedule(
  context: OperationContext,
  input: RemoveAnonymizationScheduleInput,
): Promise<RemoveAnonymizationSchedulePayload> {
  const id = decodeId("AnonymizationSchedule", input.id);
  const call = { mutation: "removeAnonymizationSchedule", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db: Sql) => {
    const isGone = id !== null && (await deleteSchedule(db, context.fields.clearance, id));
    if (!isGone) return refuse(problem("ANONYMIZATION_SCHEDULE_NOT_FOUND", ["id"]));
    await removeSchedule(db, queue, { institutionId: db.institutionId, id });
    return { anonymizationSchedule: id };
  });
  if ("problems" in done)
    return { removedId: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  return { removedId: input.id, userErrors: [], warnings: [] };
}
