import { expect } from "chai";
import fc from "fast-check";
import "../../src/history/history.messages.js";
import { monthsBefore, periodOf } from "../../src/history/period.js";

const today = "2026-03-10";
const day = fc
  .date({ min: new Date("1990-01-01T00:00:00Z"), max: new Date("2090-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe("periodOf (F34)", () => {
  it("is the last 12 months and all of the future when nobody asks", () => {
    expect(periodOf(undefined, today, "en")).to.deep.equal({ from: "2025-03-10", to: null });
    expect(periodOf(null, today, "en")).to.deep.equal({ from: "2025-03-10", to: null });
  });

  it("leaves a side open that is not given", () => {
    expect(periodOf({ from: "2024-01-01" }, today, "en")).to.deep.equal({ from: "2024-01-01", to: null });
    expect(periodOf({ to: "2024-01-01" }, today, "en")).to.deep.equal({ from: null, to: "2024-01-01" });
    expect(periodOf({}, today, "en")).to.deep.equal({ from: null, to: null });
  });

  it("allows a single day and refuses a period that ends before it begins, in the caller's language", () => {
    expect(periodOf({ from: today, to: today }, today, "en")).to.deep.equal({ from: today, to: today });

    expect(() => periodOf({ from: "2026-03-11", to: today }, today, "fr"))
      .to.throw("La période se termine avant de commencer")
      .with.deep.property("extensions", { argument: "period", reason: "PERIOD_REVERSED", code: "BAD_USER_INPUT" });
  });
});

describe("monthsBefore", () => {
  it("takes the last day of a month that lacks the day", () => {
    expect(monthsBefore("2024-02-29", 12)).to.equal("2023-02-28");
    expect(monthsBefore("2026-03-31", 1)).to.equal("2026-02-28");
    expect(monthsBefore("2026-01-15", 1)).to.equal("2025-12-15");
  });

  it("lands so many calendar months earlier, on the same day of the month or the last one", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 240 }), (from, months) => {
        const [year, month, date] = from.split("-").map(Number) as [number, number, number];
        const [year2, month2, date2] = monthsBefore(from, months).split("-").map(Number) as [number, number, number];

        expect(year * 12 + month - (year2 * 12 + month2)).to.equal(months);
        expect(date2).to.equal(Math.min(date, new Date(Date.UTC(year2, month2, 0)).getUTCDate()));
      }),
    );
  });
});
