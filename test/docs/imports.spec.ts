import { readFileSync } from "node:fs";
import { expect } from "chai";
import { importColumns } from "../../src/contacts/import/contacts/contact-header.js";
import { ImportOutcome } from "../../src/contacts/import/import.enums.js";
import { JobStatus } from "../../src/platform/jobs/index.js";
import { Document } from "./document.js";

describe("the guide to imports", () => {
  const guide = new Document("docs/imports.md");
  /** Of the first column, where one row may tell of several. */
  const names = (heading: string) =>
    guide.rowsUnder(heading).flatMap(([cell]) => cell!.split(", ").map((name) => name.replaceAll("`", "")));
  const codesIn = (file: string, pattern: RegExp) =>
    [...readFileSync(`src/${file}`, "utf8").matchAll(pattern)].map(([, code]) => code!);

  it("tells of each column", () => {
    expect(names("Columns of contacts")).to.include.members([...importColumns]);
  });

  it("tells of each outcome and status", () => {
    expect(names("Outcomes")).to.have.members([...Object.values(ImportOutcome), ...Object.values(JobStatus)]);
  });

  it("tells what to do about each code of a file", () => {
    const refused = /\bJobRefused\("(\w+)"/g;
    const codes = [
      ...codesIn("platform/csv/errors.ts", /^ {2}\| "(\w+)"/gm),
      ...[
        "contacts/contact-header",
        "keyed/keyed-header",
        "criteria/criterion-columns",
        "authorizations/authorization-cells",
      ].flatMap((file) => codesIn(`contacts/import/${file}.ts`, refused)),
      ...codesIn("contacts/import/import.task.ts", refused),
      ...codesIn("contacts/import/import.task.ts", /(?:notPermitted|interrupted): "(\w+)"/g),
      ...codesIn("platform/jobs/file-job.ts", refused),
    ];

    expect(codes).to.have.length.above(12);
    expect(names("Codes of the file")).to.have.members([...new Set(codes)]);
  });

  it("tells what to do about each code of a row", () => {
    const codes = [
      ...codesIn("contacts/import/contacts/contact-row.ts", /code: "(\w+)"/g),
      ...["contact-match", "contact-stage"].flatMap((file) =>
        codesIn(`contacts/import/contacts/${file}.sql.ts`, /found\("(\w+)"/g),
      ),
      ...codesIn("contacts/import/import-verdict.sql.ts", /code: "(\w+)"/g),
      ...codesIn("contacts/import/keyed/keyed-row.ts", /code: "(\w+)"/g),
      ...codesIn("contacts/import/keyed/keyed.sql.ts", /THEN '([A-Z_]+)'/g),
      ...codesIn("contacts/import/keyed/boolean-cells.ts", /code: "(\w+)"/g),
      ...codesIn("contacts/import/criteria/criterion-cells.ts", /code: "(\w+)"/g),
      ...codesIn("contacts/import/criteria/criterion-cells.sql.ts", /oneError\("'(\w+)'"/g),
    ];

    expect(codes).to.have.length.above(8);
    expect(names("Codes of a row")).to.include.members(codes);
  });
});
