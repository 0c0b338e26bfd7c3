import { expect } from "chai";
import { importTemplatePurge, selectReportFiles } from "../../../src/contacts/index.js";
import { encodeCsvText } from "../../../src/platform/csv/index.js";
import { FileNotFound } from "../../../src/platform/files/index.js";
import { decodeId } from "../../../src/platform/graphql/opaque-id.js";
import { fileSweep } from "../../../src/platform/jobs/index.js";
import { useDatabase } from "../../support/database.js";
import { authorizationsOf, contactWith } from "./keyed/authorization-rows.js";
import { ImportDesk, type Importing } from "./keyed/desk.js";
import { zipOf } from "./zips.js";

describe("reports of imports with the rows to mend (6.1)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const anna: Importing = { login: "anna.report", clearance: 2 };

  desk.openDuringTests();

  const addressOf = async (id: string, as: Importing): Promise<string | null> => {
    const { data } = await desk.ask(as, `query ($id: ID!) { importJob(id: $id) { reportUrl } }`, { id });
    return data.importJob?.reportUrl ?? null;
  };
  const reportOf = async (id: string, as = anna): Promise<Buffer> => {
    const response = await desk.fetch(as, (await addressOf(id, as))!);
    expect(response.status).to.equal(200);
    return Buffer.from(await response.arrayBuffer());
  };

  for (const [dialect, delimiter, lineEnd, encode] of [
    ["a French spreadsheet", ";", "\r\n", (text: string) => encodeCsvText(text, { encoding: "windows-1252" })],
    ["an English one", ",", "\n", (text: string) => Buffer.from(text)],
    ["Unicode text", "\t", "\r\n", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-8 with a byte order mark", ";", "\r", (text: string) => Buffer.from(`\ufeff${text}`)],
  ] as const) {
    it(`are written as the file was by ${dialect}, and are taken again once mended`, async () => {
      const [good, bad] = [await contactWith(db, {}), await contactWith(db, { SMS: "FALSE" })];
      const line = (...cells: string[]) => cells.join(delimiter) + lineEnd;
      const header = ["contactId", "lastName", "[old]SMS", "[new]SMS"];
      const content =
        line(...header) +
        line(good.opaqueId, "Lefèvre", "Empty", "T") +
        line(bad.opaqueId, `"Dupo""nt${delimiter} fils"`, "FALSE", "VRAI");

      const { id } = await desk.import(encode(content), { as: anna });
      const report = await reportOf(id);
      const text = (bytes: Buffer) =>
        dialect === "Unicode text" ? bytes.toString("utf16le") : bytes.toString("latin1");
      const rows = text(report).split(lineEnd);
      const mended = Buffer.from(
        text(report).replace(/VRAI(?=\r|\n|$)/, "FALSE"),
        dialect === "Unicode text" ? "utf16le" : "latin1",
      );
      const again = await desk.import(mended, { as: anna });

      expect(rows).to.have.length(3);
      expect(rows[0]!.replace(/^(\ufeff|ï»¿)/, "")).to.equal(
        ["status", "line", "code", "message", ...header].join(delimiter),
      );
      expect(rows[1])
        .to.match(/^ERROR.3.INVALID_BOOLEAN./)
        .and.include("(VRAI = TRUE)")
        .and.include(`"Dupo""nt${delimiter} fils"`);
      expect(again.rows.map(({ line: at, outcome }) => [at, outcome])).to.deep.equal([[2, "UNCHANGED"]]);
      expect(await addressOf(again.id, anna)).to.equal(null);
      expect(await authorizationsOf(db, bad)).to.deep.equal({ SMS: "FALSE" });
    });
  }

  it("keep rows with too few or too many cells as they are, and hold the columns of a report once", async () => {
    const bytes = "contactId;[new]SMS\r\na;b;c\r\nd\r\n";

    const first = await reportOf((await desk.import(bytes, { as: anna })).id);
    const second = await reportOf((await desk.import(first, { as: anna })).id);

    const ends = (report: Buffer) =>
      report
        .toString()
        .trim()
        .split("\r\n")
        .map((row) => row.replace(/^ERROR;\d;COLUMN_COUNT;[^;]+;/, ""));
    expect(ends(first)).to.deep.equal(["status;line;code;message;contactId;[new]SMS", "a;b;c", "d"]);
    expect(ends(second)).to.deep.equal(ends(first));
  });

  it("tell all that is wrong with a row, in the language of who started it, also of a zip", async () => {
    const { opaqueId } = await contactWith(db, {});
    const csv = `contactId;[old]SMS;[new]SMS;[new]PHONE\r\n${opaqueId};maybe;yes;=1\r\n`;
    const french: Importing = { login: "françois", clearance: 2, locale: "fr" };

    const report = await reportOf((await desk.import(await zipOf({ "x.csv": csv }), { as: french })).id, french);

    expect(report.toString()).to.match(/\r\nERROR;2;"?INVALID_BOOLEAN, .*INVALID_OLD_VALUE.*;maybe;yes;'=1\r\n$/);
    expect(report.toString())
      .to.include("[new]SMS: ")
      .and.match(/[Éé]crivez|[Aa]cceptées|Acceptés/);
  });

  it("are there for who started the import alone, and not for one without faults", async () => {
    const { id } = await desk.import("contactId;[new]SMS\r\nx;T\r\n", { as: anna });
    const address = (await addressOf(id, anna))!;
    const another: Importing = { login: "another", clearance: 2 };

    expect(await addressOf(id, another)).to.equal(null);
    expect((await desk.fetch(another, address)).status).to.equal(404);
    expect((await desk.fetch(anna, address)).status).to.equal(200);
    await db.owner.query("UPDATE contacts.import_job SET report_expires_at = '2020-01-01'");
    expect((await desk.fetch(anna, address)).status).to.equal(404);
  });

  it("are kept while somebody may fetch them, and gone from the store afterwards", async () => {
    const { id } = await desk.import("contactId;[new]SMS\r\nx;T\r\n", { as: anna });
    const { services } = desk.application;
    const signal = new AbortController().signal;
    const jobId = decodeId("ImportJob", id);
    const expire = async (at: string): Promise<string> => {
      const { rows } = await db.owner.query(
        "UPDATE contacts.import_job SET report_expires_at = $2 WHERE id = $1 RETURNING report_file_id",
        [jobId, at],
      );
      return rows[0].report_file_id;
    };

    // files have the age that the disk gives them
    const inTwoDays = { ...services, clock: { now: () => new Date(Date.now() + 2 * 86_400_000) } };
    const fileId = await expire("2090-01-01");
    await fileSweep(inTwoDays, [], [selectReportFiles]).run(signal);
    const kept = await services.files.sizeOf(fileId);
    await expire("2020-01-01");
    await importTemplatePurge(services).run(signal);

    expect(kept).to.be.above(0);
    expect(await services.files.sizeOf(fileId).catch((error: Error) => error)).to.be.instanceOf(FileNotFound);
    expect(await addressOf(id, anna)).to.equal(null);
  });
});
