import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import type { ContactWish } from "../../../support/rows.js";
import { contactHaving, criteriaOf, defineAll, type Held, traceOf } from "./criterion-rows.js";
import { ImportDesk } from "./desk.js";

interface TableRow {
  readonly title: string;
  readonly code: string;
  readonly now: Held | null;
  readonly old: string;
  readonly given: string;
  readonly outcome: string;
  readonly problem?: readonly [column: string, code: string];
  /** Part of the problem's message. */
  readonly hint?: string;
  /** What the contact has afterwards; null: nothing. As before when left out. */
  readonly becomes?: string | null;
  readonly contact?: ContactWish;
}

const interest = { code: "INTEREST", now: ["OPERA"], old: "OPERA" } as const;
const inInterest = "[new]INTEREST";
const school: ContactWish = { structureName: "École" };
const text = "x".repeat(2_000);

const rows: Readonly<Record<string, TableRow>> = {
  R30: {
    ...interest,
    title: "replaces the whole set",
    given: "BALLET|OPERA",
    outcome: "UPDATED",
    becomes: "BALLET|OPERA",
  },
  R31: {
    ...{
      ...interest,
      title: "compares sets",
      now: ["BALLET", "OPERA"],
      old: "BALLET|OPERA",
      given: "OPERA|BALLET|OPERA",
    },
    outcome: "UNCHANGED",
  },
  R32: {
    ...{ ...interest, title: "knows codes in their exact case, and hints at what was meant", given: "Opera" },
    ...{ outcome: "ERROR", problem: [inInterest, "UNKNOWN_CODE"], hint: "OPERA." },
  },
  "R32, a label": {
    ...{ ...interest, title: "hints at the code of a label", given: "Danse sur scène" },
    ...{ outcome: "ERROR", problem: [inInterest, "UNKNOWN_CODE"], hint: "Accepted: BALLET." },
  },
  R33: {
    ...{ ...interest, title: "gives nobody a value that is out of use", given: "JAZZ", outcome: "ERROR" },
    problem: [inInterest, "INACTIVE_CODE"],
  },
  R34: {
    ...{ ...interest, title: "keeps a value that was given before", now: ["JAZZ"], old: "JAZZ", given: "JAZZ" },
    outcome: "UNCHANGED",
  },
  "R34, with another": {
    ...{ ...interest, title: "keeps it beside a new one", now: ["JAZZ"], old: "JAZZ", given: "JAZZ|OPERA" },
    ...{ outcome: "UPDATED", becomes: "JAZZ|OPERA" },
  },
  R35: { ...interest, title: "clears by Empty", given: "Empty", outcome: "UPDATED", becomes: null },
  R36: {
    ...{ code: "AGEGRP", now: ["A18"], old: "A18", given: "Empty", title: "does not clear what is compulsory" },
    ...{ outcome: "ERROR", problem: ["[new]AGEGRP", "CRITERION_REQUIRED"] },
  },
  R37: {
    ...{ code: "AGEGRP", now: ["A18"], old: "A18", given: "A18|A26", title: "takes one code of a single list" },
    ...{ outcome: "ERROR", problem: ["[new]AGEGRP", "SINGLE_VALUE_EXPECTED"] },
  },
  R38: {
    ...{
      code: "SECTOR",
      now: null,
      old: "",
      given: "EDU",
      title: "refuses a criterion of structures for an individual",
    },
    ...{ outcome: "ERROR", problem: ["[new]SECTOR", "CRITERION_NOT_APPLICABLE"] },
  },
  "R38, a structure": {
    ...{ code: "SECTOR", now: null, old: "Empty", given: "EDU", title: "takes it for a structure", contact: school },
    ...{ outcome: "UPDATED", becomes: "EDU" },
  },
  R39: {
    ...{ code: "VIP", now: null, old: "Empty", given: "t", title: "reads yes and no as authorizations are read" },
    ...{ outcome: "UPDATED", becomes: "TRUE" },
  },
  "R39, oui": {
    ...{ code: "VIP", now: null, old: "Empty", given: "oui", title: "refuses other words" },
    ...{ outcome: "ERROR", problem: ["[new]VIP", "INVALID_BOOLEAN"] },
  },
  R40: {
    ...{ ...interest, title: "never overwrites what was changed since", now: ["BALLET"], given: "OPERA|BALLET" },
    ...{ outcome: "CONFLICT", problem: [inInterest, "VALUE_CHANGED"] },
  },
  "6.4, no old value": {
    ...{ ...interest, title: "writes without an old value", old: "", given: "BALLET" },
    ...{ outcome: "UPDATED", becomes: "BALLET" },
  },
  "6.4, a bad old value": {
    ...{
      ...interest,
      title: "refuses an old value that cannot be read",
      old: "Opera",
      given: "BALLET",
      outcome: "ERROR",
    },
    problem: ["[old]INTEREST", "INVALID_OLD_VALUE"],
  },
  "6.4, a blank new value": {
    ...interest,
    title: "ignores old values then",
    old: "Opera",
    given: "",
    outcome: "UNCHANGED",
  },
  "6.6, text": {
    ...{ code: "TASTE", now: "Verdi", old: "Verdi", given: "Puccini, Verdi", title: "takes a free text as it is" },
    ...{ outcome: "UPDATED", becomes: "Puccini, Verdi" },
  },
  "6.6, two bars": {
    ...{ code: "TASTE", now: "Verdi", old: "Verdi", given: "||more", title: "gives || no meaning" },
    ...{ outcome: "UPDATED", becomes: "||more" },
  },
  "6.6, a long text": {
    ...{ code: "TASTE", now: null, old: "Empty", given: text, title: "takes 2000 characters", outcome: "UPDATED" },
    becomes: text,
  },
  "6.6, a longer text": {
    ...{ code: "TASTE", now: null, old: "Empty", given: `${text}x`, title: "takes no more", outcome: "ERROR" },
    problem: ["[new]TASTE", "VALUE_TOO_LONG"],
  },
  "6.6, lines": {
    ...{
      code: "TASTE",
      now: "a\r\nb",
      old: '"a\nb"',
      given: '"a\nc"',
      title: "compares texts whatever ends their lines",
    },
    ...{ outcome: "UPDATED", becomes: "a\nc" },
  },
  "6.6, inactive criterion": {
    ...{ code: "GONE", now: null, old: "Empty", given: "T", title: "sets nothing of a criterion out of use" },
    ...{ outcome: "ERROR", problem: ["[new]GONE", "CRITERION_INACTIVE"] },
  },
  "6.6, another organization's value": {
    ...{ ...interest, title: "leaves it to that", given: "OPERA|MUSEUM", outcome: "ERROR" },
    problem: [inInterest, "CODE_NOT_IN_ORGANIZATION"],
  },
  "6.6, another organization's criterion": {
    ...{ code: "THEIRS", now: null, old: "Empty", given: "F", title: "leaves it to that", outcome: "ERROR" },
    problem: ["[new]THEIRS", "CODE_NOT_IN_ORGANIZATION"],
  },
  "6.6, an empty code": {
    ...{ ...interest, title: "is no code", given: "OPERA|", outcome: "ERROR", problem: [inInterest, "UNKNOWN_CODE"] },
  },
};

describe("rows of a criteria import (6.8)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();

  before(() => defineAll(db));

  const type = "CRITERIA";

  for (const [number, row] of Object.entries(rows))
    it(`${number}: ${row.title}`, async () => {
      const contact = await contactHaving(db, row.now === null ? {} : { [row.code]: row.now }, row.contact);
      const before = await criteriaOf(db, contact);
      const header = `contactId;contactNumber;lastName;[old]${row.code};[new]${row.code}`;
      const line = `${contact.opaqueId};${contact.contactNumber};M;${row.old};${row.given}`;

      const report = await desk.import(`${header}\r\n${line}`, { type });
      const [found] = report.rows;

      expect(found!.outcome).to.equal(row.outcome);
      expect(found!.problems.map(({ column, code }) => [column, code])).to.deep.equal(row.problem ? [row.problem] : []);
      if (row.hint) expect(found!.problems[0]!.message).to.include(row.hint);
      const becomes = row.becomes === null ? {} : { [row.code]: row.becomes };
      expect(await criteriaOf(db, contact)).to.deep.equal(row.becomes === undefined ? before : becomes);
      const { audit, activities, version } = await traceOf(db, contact);
      const isWritten = row.outcome === "UPDATED";
      expect([audit.length, activities, version]).to.deep.equal(isWritten ? [1, 1, 2] : [0, 0, 1]);
      if (isWritten) expect(audit[0]).to.include({ field: row.code, source: "IMPORT", actor: "anna" });
    });
});
