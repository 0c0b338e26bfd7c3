import { expect } from "chai";
import { encodeCsvText } from "../../../../src/platform/csv/index.js";
import { useDatabase } from "../../../support/database.js";
import { contactWith } from "../keyed/authorization-rows.js";
import { defineAll, hold } from "../keyed/criterion-rows.js";
import { ImportDesk } from "../keyed/desk.js";
import { rowsOf, TemplateDesk } from "./templates.js";

/** Saves rows as a spreadsheet does that quotes as it likes. */
const saved = (rows: Record<string, string>[], delimiter: string, lineEnd: string, quoteAll: boolean) =>
  [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.map((cell) => (quoteAll || cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter))
    .join(lineEnd) + lineEnd;

describe("a template that is edited, checked, imported and made again", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);
  const templates = new TemplateDesk(db, desk);

  desk.openDuringTests();
  before(() => defineAll(db));

  const habits: [string, string, (rows: Record<string, string>[]) => Buffer][] = [
    ["aa", "LibreOffice", (rows) => Buffer.from(saved(rows, ",", "\n", false))],
    ["ab", "LibreOffice with all cells quoted", (rows) => Buffer.from(`\ufeff${saved(rows, ";", "\n", true)}`)],
    ["ac", "LibreOffice in UTF-16", (rows) => Buffer.from(`\ufeff${saved(rows, "\t", "\r\n", false)}`, "utf16le")],
    ["ad", "a French Excel", (rows) => encodeCsvText(saved(rows, ";", "\r\n", false), { encoding: "windows-1252" })],
  ];
  for (const [language, what, save] of habits) {
    it(`has as old values what was asked for, saved by ${what}`, async () => {
      const contact = await contactWith(db, { SMS: "TRUE" }, { language, lastName: "Lefèvre" });
      await hold(db, contact, "TASTE", "=1+1 'été'");
      const targetId = await templates.target(language);
      const asked = {
        AUTHORIZATIONS: { SMS: "FALSE", LETTER: "TRUE", PHONE: "Empty" },
        CRITERIA: { INTEREST: "BALLET|OPERA", VIP: "TRUE", AGEGRP: "A18" },
      };

      for (const [type, wanted] of Object.entries(asked) as ["CRITERIA" | "AUTHORIZATIONS", Record<string, string>][]) {
        const [row] = rowsOf(await templates.csv({ type, targetId }));
        for (const [code, value] of Object.entries(wanted)) row![`[new]${code}`] = value;
        // a template's own text goes back as it came, apostrophe and all
        if (type === "CRITERIA") row!["[new]TASTE"] = row!["[old]TASTE"]!;
        const file = save([row!]);
        const check = await desk.import(file, { type, mode: "CHECK" });
        const update = await desk.import(file, { type, mode: "UPDATE", approvedPlanHash: check.planHash });
        const [after] = rowsOf(await templates.csv({ type, targetId }));

        expect(check.counters).to.include({ wouldUpdate: 1, conflicts: 0, errors: 0 });
        expect(update.counters).to.include({ updated: 1, conflicts: 0, errors: 0 });
        const olds = Object.fromEntries(Object.keys(wanted).map((code) => [code, after![`[old]${code}`]]));
        expect(olds).to.deep.equal(wanted);
        if (type === "CRITERIA") expect(after!["[old]TASTE"]).to.equal("'=1+1 'été'");
      }
    });
  }
});
