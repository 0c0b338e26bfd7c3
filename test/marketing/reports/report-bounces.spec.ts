import { readFileSync } from "node:fs";
import { expect } from "chai";
import { longestMessageBytes } from "../../../src/marketing/reports/mail-report.js";
import { message } from "../../../src/platform/i18n/messages.js";
import { useDatabase } from "../../support/database.js";
import { contactsOf, contextOf, valuesOf } from "../graph.js";
import { bounceOf, codesOf, report, senderOf } from "./reporting.js";

const file = (name: string) => readFileSync(`test/marketing/reports/files/${name}.eml`, "utf8");
const camille = "camille@example.org";

describe("reportBounces", () => {
  const db = useDatabase();

  const bounced = async (...reports: object[]) => {
    const { opaqueId } = await db.insertContact({ email: camille });
    const answer = await report(
      senderOf(db),
      "reportBounces",
      reports.map((each) => ({ contactId: opaqueId, ...each })),
    );
    return { opaqueId, codes: codesOf(answer), status: (await bounceOf(db, opaqueId)).bounceStatus };
  };

  it("reads delivery reports and automatic replies as they came (5.6, RFC 3464, RFC 3834)", async () => {
    const expected = { hard: "HARD", vague: "SOFT", vacation: "SOFT", "vacation-by-subject": "SOFT" };
    for (const [name, status] of Object.entries(expected))
      expect(await bounced({ message: file(name) }), name).to.include({ status });
  });

  it("needs the address where a report names several recipients, and takes a delivery for one", async () => {
    const message = file("several");

    expect(await bounced({ message })).to.deep.include({ codes: ["REPORT_ADDRESS_MISSING"], status: "NONE" });
    expect(await bounced({ message, address: "CAMILLE@example.org" })).to.deep.include({ codes: [], status: "SOFT" });
    expect(await bounced({ message, address: "stranger@example.org" })).to.deep.include({
      codes: ["REPORT_RECIPIENT_UNKNOWN"],
    });
    const soft = {
      kind: "FAILURE",
      statusCode: "4.2.2",
      address: "julien@example.org",
      occurredAt: "2026-03-09T08:00:00Z",
    };
    const { opaqueId } = await db.insertContact({ email: "julien@example.org" });
    const reports = [soft, { message, address: "julien@example.org" }].map((each) => ({
      contactId: opaqueId,
      ...each,
    }));
    await report(senderOf(db), "reportBounces", reports);
    expect((await bounceOf(db, opaqueId)).bounceStatus).to.equal("NONE");
  });

  it("is about the address that mail was sent to, also where it was forwarded to another", async () => {
    const message = file("hard").replaceAll("camille@example.org", "elsewhere@example.net");

    expect(await bounced({ message, address: camille })).to.include({ status: "HARD" });
    expect(await bounced({ message })).to.include({ status: "NONE" });
  });

  it("refuses what says too little or too much", async () => {
    const failure = { kind: "FAILURE", address: camille };
    const wrong: [object, string][] = [
      [{ address: camille }, "REPORT_KIND_MISSING"],
      [{ message: file("hard"), kind: "FAILURE" }, "REPORT_KIND_MISSING"],
      [{ message: file("hard"), statusCode: "5.1.1" }, "REPORT_KIND_MISSING"],
      [failure, "INVALID_STATUS_CODE"],
      [{ ...failure, statusCode: "550" }, "INVALID_STATUS_CODE"],
      [{ ...failure, statusCode: "2.1.5" }, "INVALID_STATUS_CODE"],
      [{ ...failure, statusCode: "5.1.1 camille" }, "INVALID_STATUS_CODE"],
      [{ kind: "FAILURE", statusCode: "5.1.1" }, "REPORT_ADDRESS_MISSING"],
      [{ kind: "FAILURE", statusCode: "5.1.1", address: "camille" }, "REPORT_ADDRESS_MISSING"],
      [{ kind: "AUTOMATIC_REPLY" }, "REPORT_ADDRESS_MISSING"],
      [{ message: file("person") }, "REPORT_UNREADABLE"],
      [{ message: "" }, "REPORT_UNREADABLE"],
      [{ message: `${file("hard")}${"x".repeat(longestMessageBytes)}` }, "REPORT_UNREADABLE"],
    ];

    const { codes, status } = await bounced(...wrong.map(([each]) => each));

    expect(codes).to.deep.equal(wrong.map(([, code]) => code));
    expect(status).to.equal("NONE");
  });

  it("asks for the kind that is missing, in the language of the caller", () => {
    expect(message("REPORT_KIND_MISSING", "en")).to.match(/^Give the kind\b.*\bwithout kind and status code\.$/);
    expect(message("REPORT_KIND_MISSING", "fr")).to.match(/^Indiquez le type \(kind\).*\bsans type ni code d’état\.$/);
    expect(message("REPORT_KIND_MISSING", "es")).to.match(
      /^Indique el tipo \(kind\).*\bsin tipo ni código de estado\.$/,
    );
  });

  it("reads messages of 4 MiB together, and refuses those that follow", async () => {
    const message = `${file("hard")}${" ".repeat(longestMessageBytes - 2_000)}`;

    const { codes } = await bounced(...Array.from({ length: 18 }, () => ({ message })));

    expect([...new Set(codes)]).to.deep.equal(["MESSAGES_TOO_LONG"]);
    expect(codes.length).to.be.within(1, 3);
  });

  it("takes a complaint for no bounce: INSTITUTION_EMAIL becomes FALSE, of an invalid contact too (5.6)", async () => {
    for (const complaint of [{ kind: "COMPLAINT" }, { message: file("complaint") }]) {
      const { id, opaqueId } = await db.insertContact({ email: camille, validityEndDate: "2026-01-01" });
      await db.owner.query("UPDATE marketing.contact_marketing SET institution_email = true WHERE contact_id = $1", [
        id,
      ]);

      const answer = await report(senderOf(db), "reportBounces", [{ contactId: opaqueId, ...complaint }]);

      const [contact] = await contactsOf(contextOf(db, "contact:read"), [opaqueId]);
      expect(answer).to.include({ recorded: 1 });
      expect(valuesOf(contact)).to.include({ INSTITUTION_EMAIL: "FALSE", EMAIL: "EMPTY" });
      expect(contact?.bounceStatus).to.equal("NONE");
    }
  });

  it("refuses a complaint about a structure, which has no authorizations (F33)", async () => {
    const { opaqueId } = await db.insertContact({ structureName: "Lycée" });

    const answer = await report(senderOf(db), "reportBounces", [{ contactId: opaqueId, kind: "COMPLAINT" }]);

    expect(codesOf(answer)).to.deep.equal(["AUTHORIZATION_NOT_APPLICABLE"]);
  });
});
