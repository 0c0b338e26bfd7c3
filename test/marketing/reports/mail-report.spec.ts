import { readFileSync } from "node:fs";
import { expect } from "chai";
import fc from "fast-check";
import { longestMessageBytes, readMailReport } from "../../../src/marketing/reports/mail-report.js";

const file = (name: string) => readFileSync(`test/marketing/reports/files/${name}.eml`, "utf8");

describe("readMailReport", () => {
  it("reads the recipient and the status of a delivery report (RFC 3464), not of what it returns", async () => {
    expect(await readMailReport(file("hard"))).to.deep.equal({
      kind: "DELIVERY_STATUS",
      recipients: [{ original: "camille@example.org", final: "camille@example.org", statusCode: "5.1.1" }],
    });
  });

  it("takes what the other server answered for a status that says only the class", async () => {
    expect(await readMailReport(file("vague"))).to.deep.equal({
      kind: "DELIVERY_STATUS",
      recipients: [{ original: null, final: "Camille@Example.org", statusCode: "5.2.2" }],
    });
  });

  it("takes no address of a server in what it answered for a status", async () => {
    const answered = (diagnostic: string) =>
      readMailReport(
        ["Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.example.org", ""]
          .concat(
            "Final-Recipient: rfc822; camille@example.org",
            "Status: 5.0.0",
            `Diagnostic-Code: smtp; ${diagnostic}`,
          )
          .join("\r\n"),
      );
    const codes = [
      await answered("550 203.5.1.12 is blocked"),
      await answered("550 5.1.2.3 and 5.1.23.4 are blocked"),
      await answered("550 203.5.1.12 is blocked. 5.7.1"),
      await answered("550-5.1.1. Nobody here."),
    ].map((read) => (read?.kind === "DELIVERY_STATUS" ? read.recipients[0]?.statusCode : read));

    expect(codes).to.deep.equal(["5.0.0", "5.0.0", "5.7.1", "5.1.1"]);
  });

  it("reads every recipient with an e-mail address, delivered and delayed ones too", async () => {
    expect(await readMailReport(file("several"))).to.deep.equal({
      kind: "DELIVERY_STATUS",
      recipients: [
        { original: null, final: "julien@example.org", statusCode: "2.1.5" },
        { original: null, final: "camille@example.org", statusCode: "4.4.1" },
      ],
    });
  });

  it("knows an automatic reply by its header (RFC 3834), and by its subject where the header is missing", async () => {
    const reply = { kind: "AUTOMATIC_REPLY", address: "camille@example.org" };
    const french = file("vacation").replace(/Auto-Submitted: .*\r\n/, "");

    expect(await readMailReport(file("vacation"))).to.deep.equal(reply);
    expect(await readMailReport(french)).to.deep.equal(reply);
    expect(await readMailReport(file("vacation-by-subject"))).to.deep.equal(reply);
  });

  it("reads a complaint (RFC 5965), and takes no virus report for one", async () => {
    const complaint = file("complaint");

    expect(await readMailReport(complaint)).to.deep.equal({ kind: "COMPLAINT", address: "camille@example.org" });
    expect(await readMailReport(complaint.replace("Feedback-Type: abuse", "Feedback-Type: virus"))).to.equal(null);
  });

  it("takes what a person wrote for nothing, also when he returns a report inside it", async () => {
    const forwarded = file("person").replace(
      "Content-Type: text/plain; charset=utf-8\r\n",
      `Content-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\nContent-Type: message/rfc822\r\n\r\n${file("hard")}\r\n--z--\r\n`,
    );

    expect(await readMailReport(file("person"))).to.equal(null);
    expect(await readMailReport(forwarded)).to.equal(null);
  });

  it("does not read what is longer than any report", async () => {
    const long = file("hard") + "x".repeat(longestMessageBytes);

    expect(await readMailReport(long)).to.equal(null);
  });

  describe("with messages that want to keep it busy", () => {
    const lines = (count: number, line: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => line(index)).join("\r\n");
    const fill = (text: string) => text.repeat(Math.floor((longestMessageBytes - 4_000) / text.length));
    const html = (body: string) => `Content-Type: text/html\r\n\r\n${body}`;
    const status = (body: string) => `Content-Type: message/delivery-status\r\n\r\n${body}`;
    const hostile: Readonly<Record<string, string>> = {
      "parts in parts": lines(4_000, (index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}`),
      "a header without an end": `Subject: ${fill("a")}`,
      "headers without an end": lines(20_000, (index) => `X-${index}: a`),
      "a subject of encoded words": `Subject: ${fill("=?utf-8?q?=41?= ")}\r\n\r\n`,
      "a sender with many brackets": `From: ${fill('"<(')}\r\nAuto-Submitted: auto-replied\r\n\r\n`,
      "addresses in groups": `From: ${fill("a:b@c.ch,")}\r\nAuto-Submitted: auto-replied\r\n\r\n`,
      "tags that never close": html(fill("<a ")),
      "comments that never close": html(fill("<!--")),
      entities: html(fill("&amp;&#x41;&lt")),
      "blank lines": html(fill("\r\n \t")),
      "many recipients": status(fill("Final-Recipient: rfc822; a@b.ch\r\nStatus: 5.1.1\r\n\r\n")),
      "a field of one line": status(`Final-Recipient: rfc822;${fill(" ")}a@b.ch`),
      "a field of many lines": status(`Diagnostic-Code: smtp;${fill("\r\n 5.")}`),
      "digits and dots": status(`Status: ${fill("5.1")}`),
      "boundaries that look alike": `Content-Type: multipart/mixed; boundary=${"-".repeat(60)}\r\n\r\n${fill("-----\r\n")}`,
      "lone bytes": fill("\u0000\uFFFD\u0001"),
    };

    for (const [title, message] of Object.entries(hostile))
      it(`answers ${title} at once`, async () => {
        const startedAt = performance.now();

        await readMailReport(message);

        expect(performance.now() - startedAt).to.be.lessThan(1_500);
      });

    it("reads at most a hundred recipients", async () => {
      const report = await readMailReport(hostile["many recipients"]!.slice(0, 100_000));

      expect(report?.kind === "DELIVERY_STATUS" && report.recipients.length).to.be.within(1, 101);
    });

    it("never throws, whatever is cut, doubled or put into a report", async () => {
      const original = file("hard");
      await fc.assert(
        fc.asyncProperty(
          fc.nat(original.length),
          fc.nat(original.length),
          fc.string({ unit: "binary", maxLength: 40 }),
          async (from, to, noise) => {
            const report = await readMailReport(original.slice(0, from) + noise + original.slice(to));

            expect(["DELIVERY_STATUS", "AUTOMATIC_REPLY", "COMPLAINT", undefined]).to.include(report?.kind);
          },
        ),
        { numRuns: 300 },
      );
    });
  });
});
