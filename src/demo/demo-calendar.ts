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

  /** RFC 3339, at this time (HH:MM, UTC) so many days from today. */
  instant(offset: number, time: string): string {
    return `${this.day(offset)}T${time}:00Z`;
  }
}
