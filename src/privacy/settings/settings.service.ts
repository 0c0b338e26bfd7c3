import "./settings.messages.js";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { lockSettings, type Settings, selectSettings, settingColumns, updateSettings } from "./settings.sql.js";
import type {
  InstitutionSettings,
  SetInstitutionSettingsInput,
  SetInstitutionSettingsPayload,
} from "./settings.type.js";

const mostMonths = 1_200;
/** Those that may be without a value; for the others null is the same as left out. */
const clearable: readonly string[] = ["customerInactivityMonths", "prospectInactivityMonths"];

export function institutionSettings(context: OperationContext): Promise<InstitutionSettings> {
  return selectSettings(context.db);
}

/** Changes what the institution decided for itself; in force with the next operation and the next run. */
export async function setInstitutionSettings(
  context: OperationContext,
  input: SetInstitutionSettingsInput,
): Promise<SetInstitutionSettingsPayload> {
  const call = { mutation: "setInstitutionSettings", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const problems = monthProblems(input);
    if (problems.length > 0) return refuse(...problems);
    await lockSettings(db);
    const before = await selectSettings(db);
    await updateSettings(db, before, changed(before, input));
    return {};
  });
  if ("problems" in done) {
    return { institutionSettings: null, userErrors: userErrors(done.problems, context.locale), warnings: [] };
  }
  return { institutionSettings: await institutionSettings(context), userErrors: [], warnings: [] };
}

function monthProblems(input: SetInstitutionSettingsInput): Problem[] {
  const { inactivityMonths, customerInactivityMonths, prospectInactivityMonths } = input;
  return Object.entries({ inactivityMonths, customerInactivityMonths, prospectInactivityMonths }).flatMap(
    ([field, months]) =>
      months == null || (months >= 1 && months <= mostMonths)
        ? []
        : [problem("INVALID_MONTHS", [field], { minimum: 1, maximum: mostMonths })],
  );
}

function changed(before: Settings, input: SetInstitutionSettingsInput): Settings {
  const wishes = Object.keys(settingColumns).flatMap((name) => {
    const value = input[name as keyof Settings];
    const isKept = value === undefined || (value === null && !clearable.includes(name));
    return isKept ? [] : [[name, value]];
  });
  return { ...before, ...Object.fromEntries(wishes) };
}
