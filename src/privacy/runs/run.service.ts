import { isPermitted } from "../../platform/access/allow.js";
import { claimsOf } from "../../platform/access/claims.js";
import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { enqueue } from "../../platform/jobs/index.js";
import { legalNotice } from "../../platform/legal-notices.js";
import { closeCertificate } from "../erasure/index.js";
import { selectSettings } from "../settings/index.js";
import { insertRunOfPlan, type NamedPlan, selectPlanByHash } from "./plan.sql.js";
import type { CancelAnonymizationRunInput, RunAnonymizationInput, SimulateAnonymizationInput } from "./run.inputs.js";
import { type FoundRun, runByKey } from "./run.reading.js";
import { insertLogEntry } from "./run.sql.js";
import {
  cancelAnonymizationRunRow,
  insertSimulation,
  type RunWish,
  selectAnonymizationRuns,
} from "./run-reading.sql.js";

const mostMonths = 1_200;

/** Asks for a plan of what a run would do today (4.6). */
export async function simulateAnonymization(context: OperationContext, input: SimulateAnonymizationInput) {
  const problems = [...termProblems(context, input), ...asOfProblems(context, input)];
  const call = { mutation: "simulateAnonymization", key: input.idempotencyKey, input };
  const notice = await legalNotice(context, "DATA_EXPORT");
  const done = await idempotent(context, call, async (db) => {
    if (problems.length > 0) refuse(...problems);
    const wish = await wishOf(context, db, input);
    const id = await insertSimulation(db, { ...wish, noticeVersion: notice.version });
    await enqueue(db, "privacy.anonymization", { institutionId: db.institutionId, id });
    return { anonymizationRun: id };
  });
  if ("problems" in done) return { ...refusal(context, done.problems), legalNotice: null };
  return { ...(await answer(context, done.ids.anonymizationRun)), legalNotice: notice };
}

/** How long a plan can be carried out (4.2). */
const freshMs = 7 * 86_400_000;

/** Carries out the plan that its caller has seen (4.2, F56). */
export async function runAnonymization(context: OperationContext, input: RunAnonymizationInput) {
  const { caller, requestId } = context;
  const call = { mutation: "runAnonymization", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const plan = await confirmedPlan(context, db, input.planHash);
    const starter = { clearance: caller.clearance, claims: claimsOf(caller), requestId };
    const id = await insertRunOfPlan(db, plan.id, starter);
    if (id === null) return refuse(problem("RUN_IN_PROGRESS"));
    await enqueue(db, "privacy.anonymization", { institutionId: db.institutionId, id });
    return { anonymizationRun: id };
  });
  return "problems" in done ? refusal(context, done.problems) : answer(context, done.ids.anonymizationRun);
}

/** The plan with this hash, or the end of the transaction. */
export async function confirmedPlan(context: OperationContext, db: Sql, planHash: string): Promise<NamedPlan> {
  const since = new Date(context.now().getTime() - freshMs);
  const isHash = /^[0-9a-f]{64}$/.test(planHash);
  const plan = isHash ? await selectPlanByHash(db, context.fields.clearance, planHash, since) : null;
  if (!plan) return refuse(problem("SIMULATION_NOT_FOUND", ["planHash"]));
  if (!plan.isFresh) return refuse(problem("SIMULATION_TOO_OLD", ["planHash"]));
  return plan.isAhead ? refuse(problem("SIMULATION_OF_A_LATER_DAY", ["planHash"])) : plan;
}

/** Ends a run, for who may begin one like it. Whatever it did is whole, and stays. */
export async function cancelAnonymizationRun(context: OperationContext, input: CancelAnonymizationRunInput) {
  const id = decodeId("AnonymizationRun", input.id);
  const { caller, fields } = context;
  const { clearance } = fields;
  const call = { mutation: "cancelAnonymizationRun", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const [run] = id === null ? [] : await selectAnonymizationRuns(db, clearance, [id]);
    if (!run) return refuse(problem("ANONYMIZATION_RUN_NOT_FOUND", ["id"]));
    const isOfRun = run.mode === "RUN" || run.isCarriedOut;
    if (isOfRun && !isPermitted(caller, "privacy:run")) return refuse(problem("RUN_NOT_PERMITTED", ["id"]));
    if (!(await cancelAnonymizationRunRow(db, clearance, run.id)))
      return refuse(problem("ANONYMIZATION_RUN_HAS_ENDED", ["id"]));
    await insertLogEntry(db, run.id, "RUN_CANCELLED");
    await closeCertificate(db, run.id);
    return { anonymizationRun: run.id };
  });
  return "problems" in done ? refusal(context, done.problems) : answer(context, done.ids.anonymizationRun);
}

type Terms = Pick<
  SimulateAnonymizationInput,
  "inactivityMonths" | "customerInactivityMonths" | "prospectInactivityMonths" | "organizationId"
>;

/** What is wrong with periods and organization. */
export function termProblems({ caller }: OperationContext, terms: Terms): Problem[] {
  const { inactivityMonths, customerInactivityMonths, prospectInactivityMonths, organizationId } = terms;
  const months = Object.entries({ inactivityMonths, customerInactivityMonths, prospectInactivityMonths });
  const wrong = months.filter(([, each]) => each != null && (each < 1 || each > mostMonths));
  const isUnknown = organizationId != null && !caller.organizations.includes(organizationId);
  return [
    ...wrong.map(([field]) => problem("INVALID_MONTHS", [field], { minimum: 1, maximum: mostMonths })),
    ...(isUnknown ? [problem("UNKNOWN_ORGANIZATION", ["organizationId"])] : []),
  ];
}

function asOfProblems({ caller }: OperationContext, { asOf }: SimulateAnonymizationInput): Problem[] {
  return asOf == null || caller.permissions.has("operator:admin") ? [] : [problem("AS_OF_NOT_PERMITTED", ["asOf"])];
}

/** The periods that are meant: as given, else as the institution has set them. */
export async function periodsOf(db: Sql, terms: Terms) {
  const settings = await selectSettings(db);
  const { inactivityMonths, customerInactivityMonths, prospectInactivityMonths } = terms;
  const others =
    inactivityMonths == null ? settings : { customerInactivityMonths: null, prospectInactivityMonths: null };
  return {
    inactivityMonths: inactivityMonths ?? settings.inactivityMonths,
    customerInactivityMonths: customerInactivityMonths ?? others.customerInactivityMonths,
    prospectInactivityMonths: prospectInactivityMonths ?? others.prospectInactivityMonths,
  };
}

async function wishOf(context: OperationContext, db: Sql, input: SimulateAnonymizationInput): Promise<RunWish> {
  const { caller, requestId } = context;
  return {
    ...(await periodsOf(db, input)),
    organization: input.organizationId ?? caller.organizations[0] ?? null,
    asOf: input.asOf ?? null,
    ...{ clearance: caller.clearance, claims: claimsOf(caller), requestId },
  };
}

interface RunAnswer {
  anonymizationRun: FoundRun | null;
  userErrors: ReturnType<typeof userErrors>;
  warnings: [];
}

async function answer(context: OperationContext, id: string): Promise<RunAnswer> {
  return { anonymizationRun: await runByKey(context, id), userErrors: [], warnings: [] };
}

function refusal(context: OperationContext, problems: readonly Problem[]): RunAnswer {
  return { anonymizationRun: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
