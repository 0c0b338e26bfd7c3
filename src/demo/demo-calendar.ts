import { type Clock, dayIn } from "../platform/clock.js";

const dayMs = 86_400_000;

/** Days and instants around the clock's today, so that the demo is never out of date. */
export class Calendar {
  readonly today: string;

  constructor(clock: Clock, timeZone: string) {
    this.today = dayIn(timeZone, clock.now());
  }

  /** YYYY-MM-DD, so many days from today. */
  day(offset: number): string {
    return new Date(Date.parse(this.today) + offset * dayMs).toISOString().slice(0, 10);
  }

  /** YYYY-MM-DD, so many calendar months before a day; the end of a month is cut off (domain 4.2). */
  monthsBefore(day: string, months: number): string {
    const [year, month, date] = day.split("-").map(Number) as [number, number, number];
    const last = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
    return new Date(Date.UTC(year, month - 1 - months, Math.min(date, last))).toISOString().slice(0, 10);
  }

  /** RFC 3339, at this time (HH:MM, UTC) so many days from today. */
  instant(offset: number, time: string): string {
    return `${this.day(offset)}T${time}:00Z`;
  }
}
