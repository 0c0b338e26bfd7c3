import { CodedError } from "../platform/errors/coded-error.js";
import type { Locale } from "../platform/i18n/locale.js";
import { message } from "../platform/i18n/messages.js";

/** Days (YYYY-MM-DD), both included; null is open. */
export interface DayRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** Whether a period ends before it begins. */
export function isReversed({ from, to }: { readonly from?: string | null; readonly to?: string | null }): boolean {
  return from != null && to != null && from > to;
}

/** How far a history goes back when nobody says (F34). */
const defaultMonths = 12;

/**
 * The period that a history covers: the one asked for, or the last 12 months and all of the future (F34).
 * @throws CodedError BAD_USER_INPUT (PERIOD_REVERSED) when it ends before it begins
 */
export function periodOf(
  asked: { readonly from?: string | null; readonly to?: string | null } | null | undefined,
  today: string,
  locale: Locale,
): DayRange {
  if (!asked) return { from: monthsBefore(today, defaultMonths), to: null };
  const { from = null, to = null } = asked;
  if (isReversed(asked)) {
    const reason = "PERIOD_REVERSED";
    throw new CodedError("BAD_USER_INPUT", message(reason, locale), { argument: "period", reason });
  }
  return { from, to };
}

/** The day so many calendar months earlier; a day that the month lacks becomes its last one (2024-02-29 - 12: 2023-02-28). */
export function monthsBefore(day: string, months: number): string {
  const [year, month, dayOfMonth] = day.split("-").map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(dayOfMonth, lastDay));
  return first.toISOString().slice(0, 10);
}
