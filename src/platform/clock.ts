/** The only source of time. Tests hand in one that stands still. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day that was asked for last in each time zone. Days begin and end at full minutes everywhere. */
const lastDays = new Map<string, { readonly minute: number; readonly day: string }>();
const minuteMs = 60_000;

/** The calendar day (YYYY-MM-DD) of an instant in a time zone. */
export function dayIn(timeZone: string, instant: Date): string {
  const minute = Math.floor(instant.getTime() / minuteMs);
  const last = lastDays.get(timeZone);
  if (last?.minute === minute) return last.day;
  const day = formatDay(timeZone, instant);
  lastDays.set(timeZone, { minute, day });
  return day;
}

function formatDay(timeZone: string, instant: Date): string {
  let format = formats.get(timeZone);
  if (!format) {
    // en-CA writes days as ISO 8601 does
    format = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}
