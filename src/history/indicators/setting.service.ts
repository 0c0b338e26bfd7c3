import type { OperationContext } from "../../platform/context.js";
import type { Sql } from "../../platform/database/sql.js";
import { type Problem, problem, userErrors } from "../../platform/errors/user-error.js";
import { idempotent, refuse } from "../../platform/idempotency.js";
import { refreshesOf, shippedBands } from "./indicator.defaults.js";
import { ContactKind, IndicatorCode } from "./indicator.enums.js";
import "./indicator.messages.js";
import { requestRun } from "./recompute.service.js";
import {
  type Change,
  listOrganizations,
  selectIndicatorBands,
  selectIndicatorSettings,
  upsertIndicatorBand,
  upsertIndicatorSetting,
} from "./setting.sql.js";
import type {
  IndicatorSettings,
  SetIndicatorBandInput,
  SetIndicatorSettingInput,
  SetIndicatorSettingPayload,
} from "./setting.type.js";

/** What is in force: as set, else as shipped. BALANCE is always there. */
export async function indicatorSettings({ db }: OperationContext): Promise<IndicatorSettings> {
  const [organizations, settings, bands] = await Promise.all([
    listOrganizations(db),
    selectIndicatorSettings(db),
    selectIndicatorBands(db),
  ]);
  const shipped = organizations.flatMap((organization) =>
    Object.values(IndicatorCode)
      .filter((code) => code !== IndicatorCode.BALANCE)
      .map((code) => ({ organization, code, isActive: true, refresh: refreshesOf[code][0] })),
  );
  return {
    settings: shipped.map(
      (each) =>
        settings.find(({ organization, code }) => organization === each.organization && code === each.code) ?? each,
    ),
    bands: Object.values(ContactKind).map(
      (kind) => bands.find(({ contactKind }) => contactKind === kind) ?? { contactKind: kind, ...shippedBands[kind] },
    ),
  };
}

/** In force for everybody as soon as the run that it asks for is through. */
export async function setIndicatorSetting(
  context: OperationContext,
  input: SetIndicatorSettingInput,
): Promise<SetIndicatorSettingPayload> {
  const { organization, code, isActive, refresh } = input;
  if (code === IndicatorCode.BALANCE) return refusal(context, [problem("INDICATOR_NOT_CONFIGURABLE", ["code"])]);
  if (!refreshesOf[code].includes(refresh)) return refusal(context, [problem("INDICATOR_REFRESH_FIXED", ["refresh"])]);
  const call = { mutation: "setIndicatorSetting", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const known = await listOrganizations(db);
    if (!known.includes(organization)) return refuse(problem("UNKNOWN_ORGANIZATION", ["organization"]));
    const change = await upsertIndicatorSetting(db, { organization, code, isActive, refresh });
    const shipped = { isActive: true, refresh: refreshesOf[code][0] };
    if (change) await follow(context, db, `indicator.${organization}.${code}`, { shipped, ...change });
    return {};
  });
  return "problems" in done ? refusal(context, done.problems) : answer(context);
}

/** As {@link setIndicatorSetting}. */
export async function setIndicatorBand(
  context: OperationContext,
  input: SetIndicatorBandInput,
): Promise<SetIndicatorSettingPayload> {
  const { contactKind, mediumFrom, largeFrom } = input;
  const problems = [
    ...(Number(mediumFrom) > 0 ? [] : [problem("INDICATOR_BAND_REVERSED", ["mediumFrom"])]),
    ...(Number(largeFrom) > Number(mediumFrom) ? [] : [problem("INDICATOR_BAND_REVERSED", ["largeFrom"])]),
    ...[mediumFrom, largeFrom].flatMap((amount, index) =>
      /^-?\d{1,12}(\.\d{1,2})?$/.test(amount)
        ? []
        : [problem("INDICATOR_BAND_TOO_FINE", [index === 0 ? "mediumFrom" : "largeFrom"])],
    ),
  ];
  if (problems.length > 0) return refusal(context, problems);
  const call = { mutation: "setIndicatorBand", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => {
    const change = await upsertIndicatorBand(db, { contactKind, mediumFrom, largeFrom });
    if (change)
      await follow(context, db, `indicatorBand.${contactKind}`, { shipped: shippedBands[contactKind], ...change });
    return {};
  });
  return "problems" in done ? refusal(context, done.problems) : answer(context);
}

/** Writes the audit of what differs from what was in force, and asks for a run that brings everybody's values in line. */
async function follow<Values extends object>(
  { ports }: OperationContext,
  db: Sql,
  setting: string,
  { shipped, was, is }: Change<Values> & { readonly shipped: Values },
): Promise<void> {
  const names = Object.keys(is) as (keyof Values & string)[];
  const changes = names.map((name) => ({
    setting: `${setting}.${name}`,
    oldValue: String(was[name] ?? shipped[name]),
    newValue: String(is[name]),
  }));
  await ports.privacy.recordSettings(
    db,
    changes.filter(({ oldValue, newValue }) => oldValue !== newValue),
  );
  await requestRun(db, "SETTING");
}

async function answer(context: OperationContext): Promise<SetIndicatorSettingPayload> {
  return { indicatorSettings: await indicatorSettings(context), userErrors: [], warnings: [] };
}

function refusal(context: OperationContext, problems: readonly Problem[]): SetIndicatorSettingPayload {
  return { indicatorSettings: null, userErrors: userErrors(problems, context.locale), warnings: [] };
}
