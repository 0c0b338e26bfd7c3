import { expect } from "chai";
import fc from "fast-check";
import { isByPerson } from "../../../src/marketing/reports/click-source.js";
import { useDatabase } from "../../support/database.js";
import { newEventId, report, senderOf } from "./reporting.js";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1";
const edge =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36 Edg/134.0.0.0";
const android =
  "Mozilla/5.0 (Linux; Android 15; CUBOT X90 Build/AP3A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Mobile Safari/537.36";

const programs = [
  "Barracuda Sentinel (EE)",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0 Safari/537.36 BingPreview/1.0b",
  "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
  "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
  "WhatsApp/2.23.20.0",
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
  "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)",
  "python-requests/2.32",
  "curl/8.5.0",
  "Proofpoint URL Defense",
];

describe("reportClicks (F68, A6)", () => {
  const db = useDatabase();

  const activityOf = async (id: string) => {
    const { rows } = await db.owner.query(
      "SELECT day::text, kind, source FROM marketing.activity WHERE contact_id = $1 ORDER BY day",
      [id],
    );
    return rows;
  };
  const clicked = async (...reports: object[]) => {
    const { id, opaqueId } = await db.insertContact();
    const answer = await report(
      senderOf(db),
      "reportClicks",
      reports.map((each) => ({ contactId: opaqueId, method: "GET", userAgent: firefox, ...each })),
    );
    return { answer, activity: await activityOf(id) };
  };

  it("counts a link that a person followed as activity of that day", async () => {
    const { answer, activity } = await clicked({});

    expect(answer).to.include({ recorded: 1, notCounted: 0 });
    expect(activity).to.deep.equal([{ day: "2026-03-10", kind: "CLICK", source: "SAM" }]);
  });

  it("takes the day of the click where the institution is, not that of the report", async () => {
    const { activity } = await clicked({ occurredAt: "2026-03-01T23:30:00Z" }, { occurredAt: "2026-02-28T22:59:59Z" });

    expect(activity.map(({ day }) => day)).to.deep.equal(["2026-02-28", "2026-03-02"]);
  });

  it("never counts an open, and keeps nothing of it", async () => {
    const { answer, activity } = await clicked({ kind: "OPEN" });

    expect(answer).to.include({ recorded: 0, notCounted: 1 });
    expect(activity).to.deep.equal([]);
    const { rowCount } = await db.owner.query("SELECT FROM marketing.report_event WHERE kind NOT IN ('CLICK')");
    expect(rowCount).to.equal(0);
  });

  it("does not count HEAD, scanners, previews, nor who does not say what he is", async () => {
    const without = [{ userAgent: null }, { userAgent: " " }, { method: "HEAD" }, { method: "OPTIONS" }];

    const { answer, activity } = await clicked(...without, ...programs.map((userAgent) => ({ userAgent })));

    expect(answer).to.include({ recorded: 0, notCounted: without.length + programs.length });
    expect(activity).to.deep.equal([]);
  });

  it("counts browsers on every device, one of a maker called Cubot too", async () => {
    for (const userAgent of [firefox, iphone, edge, android])
      expect(isByPerson({ method: "get", userAgent }), userAgent).to.equal(true);
  });

  it("judges any user agent at once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 5_000 }), (userAgent) => {
        expect(isByPerson({ method: "HEAD", userAgent })).to.equal(false);
      }),
    );
    const startedAt = performance.now();
    isByPerson({ method: "GET", userAgent: "b".repeat(5_000_000) });
    expect(performance.now() - startedAt).to.be.lessThan(200);
  });

  it("counts an event once, and a day once", async () => {
    const eventId = newEventId();

    const { answer, activity } = await clicked({ eventId }, { eventId }, {});

    expect(answer).to.include({ recorded: 2, repeated: 1 });
    expect(activity).to.have.length(1);
  });

  it("keeps neither the user agent nor the method", async () => {
    await clicked({});

    const { rows } = await db.owner.query("SELECT e::text AS text FROM marketing.report_event e");
    expect(rows.map(({ text }) => text).join()).not.to.match(/Mozilla|GET/);
  });
});
