import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { IndicatorRunReason, IndicatorRunStatus } from "./indicator.enums.js";
import "./indicator.messages.js";
import { requestRun } from "./recompute.service.js";
import type {
  CancelIndicatorRunInput,
  IndicatorRun,
  RecomputeIndicatorsInput,
  RecomputeIndicatorsPayload,
} from "./run.type.js";
import { cancelRun, type RunRow, selectRuns } from "./run-reading.sql.js";

/** Null for an id of no run. */
export async function findIndicatorRun(context: OperationContext, id: string): Promise<IndicatorRun | null> {
  const key = decodeId("IndicatorRun", id);
  return key === null ? null : context.once(createLoader).load(key);
}

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, IndicatorRun | null>(async (ids) => {
    const byId = new Map((await selectRuns(db, ids)).map((row) => [row.id, toRun(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** Asks for a recomputation of everybody. One that waits already is the answer. */
export async function requestRecomputation(
  context: OperationContext,
  input: RecomputeIndicatorsInput,
): Promise<RecomputeIndicatorsPayload> {
  const call = { mutation: "recomputeIndicators", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => ({ indicatorRun: await requestRun(db, "REQUEST") }));
  return "problems" in done ? refusal(context, done.problems) : answer(context, done.ids.indicatorRun);
}

/** Ends a run that has not ended. Every step that it took is right and stays. */
export async function cancelIndicatorRun(
  context: OperationContext,
  input: CancelIndicatorRunInput,
): Promise<RecomputeIndicatorsPayload> {
  const id = decodeId("IndicatorRun", input.id);
  const call = { mutation: "cancelIndicatorRun", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [run] = id === null ? [] : await selectRuns(db, [id]);
    if (!run) return refuse(problem("INDICATOR_RUN_NOT_FOUND", ["id"]));
    if (!(await cancelRun(db, run.id))) return refuse(problem("INDICATOR_RUN_HAS_ENDED", ["id"]));
    return { indicatorRun: run.id };
  });
  return "problems" in done ? refusal(context, done.problems) : answer(context, done.ids.indicatorRun);
}

async function answer(context: OperationContext, id: string): Promise<RecomputeIndicatorsPayload> {
  const indicatorRun = await context.once(createLoader).load(id);
  return { indicatorRun, userErrors: [], warnings: [] };
}

function refusal(context: OperationContext, problems: readonly Problem[]): RecomputeIndicatorsPayload {
  return { indicatorRun: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}

function toRun(row: RunRow): IndicatorRun {
  const status = IndicatorRunStatus[row.status as keyof typeof IndicatorRunStatus];
  const part = row.total ? Math.min(1, row.processed / row.total) : 0;
  return {
    ...row,
    id: encodeId("IndicatorRun", row.id),
    status,
    reason: IndicatorRunReason[row.reason],
    progress: status === IndicatorRunStatus.DONE ? 1 : part,
  };
}
