import { expect } from "chai";
import * as fc from "fast-check";
import { dayIn } from "../../src/platform/clock.js";

const zones = ["Europe/Zurich", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "UTC"];

describe("dayIn", () => {
  it("tells the days of two time zones apart", () => {
    const instant = new Date("2026-03-10T23:30:00Z");

    expect([dayIn("Europe/Zurich", instant), dayIn("UTC", instant)]).to.deep.equal(["2026-03-11", "2026-03-10"]);
  });

  it("turns at midnight, to the millisecond", () => {
    const midnight = Date.parse("2026-03-10T23:00:00Z");

    const days = [-1, 0, 1, -1].map((ms) => dayIn("Europe/Zurich", new Date(midnight + ms)));

    expect(days).to.deep.equal(["2026-03-10", "2026-03-11", "2026-03-11", "2026-03-10"]);
  });

  it("says what the calendar says, whatever it said before", () => {
    const zone = fc.constantFrom(...zones);
    const start = fc.date({ min: new Date("1975-01-01"), max: new Date("2080-01-01"), noInvalidDate: true });
    const steps = fc.array(fc.integer({ min: -120_000, max: 120_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(zone, start, steps, (timeZone, first, moves) => {
        let instant = first.getTime();
        for (const move of moves) {
          instant += move;
          const at = calendarDay(timeZone, new Date(instant));
          expect(dayIn(timeZone, new Date(instant))).to.equal(at);
        }
      }),
    );
  });
});

/** By another way than the code's: the parts of a date, put together. */
function calendarDay(timeZone: string, instant: Date): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" })
    .formatToParts(instant)
    .reduce<Record<string, string>>((all, { type, value }) => Object.assign(all, { [type]: value }), {});
  return `${parts.year}-${parts.month}-${parts.day}`;
}
