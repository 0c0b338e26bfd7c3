import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { type Problem, userErrors } from "../../platform/errors/user-error.js";
import { assertFirst, type Connection, page } from "../../platform/graphql/connection.js";
import { decodeId, encodeId } from "../../platform/graphql/opaque-id.js";
import { type Locale, negotiateLocale } from "../../platform/i18n/locale.js";
import { idempotent } from "../../platform/idempotency.js";
import { afterId } from "../contact-lists.service.js";
import { listPointsOfSale, type PointOfSaleRow, selectPointsOfSale, upsertPointOfSale } from "./point-of-sale.sql.js";
import type { PointOfSale, PrivacySettings, SetPointOfSaleInput, SetPointOfSalePayload } from "./point-of-sale.type.js";
import { pointOfSaleProblems } from "./point-of-sale.validation.js";

function pointOfSaleLoader(context: OperationContext) {
  return new DataLoader<string, PointOfSale | null>(async (ids) => {
    const rows = await selectPointsOfSale(context.db, ids);
    const byId = new Map(rows.map((row) => [row.id, toPointOfSale(row)]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

function toPointOfSale(row: PointOfSaleRow): PointOfSale {
  const { id, code, name, channels, policyUrl, showSummary, summaryEn, summaryFr, summaryEs } = row;
  const texts = Object.entries({ en: summaryEn, fr: summaryFr, es: summaryEs }).filter(([, text]) => text !== null);
  const privacy = { policyUrl, showSummary, summaries: Object.fromEntries(texts) };
  return { id: encodeId("PointOfSale", id), code, name, channels, privacy };
}

/** Null when no point of sale of the institution has this id. */
export async function findPointOfSale(context: OperationContext, id: string): Promise<PointOfSale | null> {
  const key = decodeId("PointOfSale", id);
  return key === null ? null : context.once(pointOfSaleLoader).load(key);
}

/** @throws CodedError BAD_USER_INPUT for a page that cannot be asked for */
export async function pointsOfSale(
  context: OperationContext,
  wanted: { first: number; after: string | null },
): Promise<Connection<PointOfSale>> {
  assertFirst(wanted.first);
  const rows = await listPointsOfSale(context.db, { after: afterId(wanted.after), limit: wanted.first + 1 });
  const { edges, pageInfo } = page(rows, wanted, ({ id }) => [id]);
  const shown = edges.map(({ cursor, node }) => ({ cursor, node: toPointOfSale(node) }));
  return { edges: shown, nodes: shown.map(({ node }) => node), pageInfo };
}

/** The summary in this language, else in English (F61). */
export function summaryIn({ summaries }: PrivacySettings, locale: string | null, callers: Locale): string | null {
  return summaries[locale ? negotiateLocale(locale) : callers] ?? summaries.en ?? null;
}

/** Makes or replaces a point of sale. One that shows a summary has one: at save, not when a page is opened (F61). */
export async function setPointOfSale(
  context: OperationContext,
  input: SetPointOfSaleInput,
): Promise<SetPointOfSalePayload> {
  const refused = (problems: readonly Problem[]) => ({
    pointOfSale: null,
    userErrors: userErrors(problems, context.locale),
    warnings: [],
  });
  const tidied = {
    ...input,
    name: input.name.trim(),
    policyUrl: input.policyUrl.trim(),
    summaries: input.summaries.map(({ locale, text }) => ({ locale, text: text.trim() })),
  };
  const problems = pointOfSaleProblems(tidied);
  if (problems.length > 0) return refused(problems);
  const call = { mutation: "setPointOfSale", key: input.idempotencyKey, input };
  const done = await idempotent(context, call, async (db) => ({
    pointOfSale: await upsertPointOfSale(db, valuesOf(tidied)),
  }));
  if ("problems" in done) return refused(done.problems);
  const pointOfSale = await context.once(pointOfSaleLoader).load(done.ids.pointOfSale);
  return { pointOfSale, userErrors: [], warnings: [] };
}

function valuesOf({ code, name, channels, policyUrl, showSummary, summaries }: SetPointOfSaleInput) {
  const textIn = (locale: Locale) => summaries.find((summary) => summary.locale === locale)?.text ?? null;
  const summary = { summaryEn: textIn("en"), summaryFr: textIn("fr"), summaryEs: textIn("es") };
  return { code, name, channels: [...new Set(channels)].sort(), policyUrl, showSummary, ...summary };
}
