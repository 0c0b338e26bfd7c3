import DataLoader from "dataloader";
import type { OperationContext } from "../../platform/context.js";
import { decodeId } from "../../platform/graphql/opaque-id.js";
import { BalanceState, balanceLoader, type ContactBalance } from "../balances/index.js";
import { IndicatorCode, IndicatorLevel } from "./indicator.enums.js";
import { indicatorLabel, levelLabel } from "./indicator.labels.js";
import { type IndicatorRow, selectIndicators } from "./indicator.sql.js";
import type { Indicator } from "./indicator.type.js";

function createLoader({ db }: OperationContext) {
  return new DataLoader<string, IndicatorRow | null>(async (ids) => {
    const byContact = new Map((await selectIndicators(db, ids)).map((row) => [row.contactId, row]));
    return ids.map((id) => byContact.get(id) ?? null);
  });
}

/** All, in their fixed order; null when they are withheld, or the contact anonymized. */
export async function contactIndicators(context: OperationContext, contactId: string): Promise<Indicator[] | null> {
  const id = decodeId("Contact", contactId);
  if (id === null || !context.fields.may("Contact", "indicators")) return null;
  const [row, balances] = await Promise.all([context.once(createLoader).load(id), balanceLoader(context).load(id)]);
  return row && toIndicators(context, row, balances);
}

function toIndicators(context: OperationContext, row: IndicatorRow, balances: readonly ContactBalance[]): Indicator[] {
  const { locale } = context;
  const indicator = (code: IndicatorCode, level: string | null, value: string | null = null): Indicator => ({
    ...{ code, label: indicatorLabel(code, locale), value, level: level as IndicatorLevel | null },
    ...{ levelLabel: levelLabel(level as IndicatorLevel | null, locale), computedAt: row.computedAt },
  });
  return [
    indicator(IndicatorCode.ASSIDUITY, row.assiduityLevel, String(row.assiduity)),
    indicator(IndicatorCode.CHILDREN_PRODUCT, yesOrNo(row.hasChildrenProduct)),
    indicator(IndicatorCode.MEMBERSHIP, yesOrNo(row.isMember)),
    indicator(IndicatorCode.SML, row.smlLevel, row.revenue),
    indicator(IndicatorCode.SEASON_TICKET_HOLDER, yesOrNo(row.isSeasonTicketHolder)),
    indicator(IndicatorCode.SENIORITY, null, String(row.seniorityYears)),
    // depends on whom the caller sees, so it is worked out now
    { ...indicator(IndicatorCode.BALANCE, balanceLevel(balances)), computedAt: context.now() },
  ];
}

const yesOrNo = (is: boolean) => (is ? IndicatorLevel.YES : IndicatorLevel.NO);

/** Nothing is netted. */
function balanceLevel(balances: readonly ContactBalance[]): IndicatorLevel {
  const owes = balances.some(({ state }) => state === BalanceState.DEBTOR);
  const isOwed = balances.some(({ state }) => state === BalanceState.CREDITOR);
  if (owes && isOwed) return IndicatorLevel.DEBTOR_AND_CREDITOR;
  if (owes) return IndicatorLevel.DEBTOR;
  return isOwed ? IndicatorLevel.CREDITOR : IndicatorLevel.EVEN;
}
