import { encodeId } from "../../src/platform/graphql/opaque-id.js";
import { eventually } from "../support/eventually.js";
import type { Examination } from "./examination.js";
import type { Ask, Pair } from "./pair.js";
import { contactNumberOf } from "./world.js";

/** Files that name people seen and unseen, by each of the columns. */
const header = "email;lastName;firstName;structureName;street1;postcode;town;country;referenceCode;phone";
const addressOf = (id: number) => `Rue ${id};1000;Lausanne;CH`;
const nowhere = ";;;";
const full = [
  header,
  `anna.mueller@example.org;Müller;Anna;;${nowhere};REF-0042;`,
  `hidden@example.org;Müller;Anna;;${nowhere};H-102;`,
  `only.hidden@example.org;Mullet;Annabelle;;${nowhere};0042;+41 21 555 09 02`,
  `zoe@example.org;Zwahlen;Zoé;;${nowhere};H-109;`,
  `shared@example.org;Keller;Bruno;;${nowhere};;`,
  `past@example.org;Past;Arnold;;${nowhere};;`,
  `carla@example.org;Moser;Carla;Opéra du Lac;${nowhere};;`,
  `new.one@example.org;Neu;Nina;Opéra du Lac;${addressOf(13)};;`,
  `new.two@example.org;Neu;Nils;Opéra du Lac;${addressOf(106)};;`,
  `new.three@example.org;;;Opéra du Lau;${addressOf(105)};;`,
  `new.four@example.org;;;Opéra du Lac;${nowhere};;`,
  `secret@opera.example.org;;;Opéra du Lau;${nowhere};;`,
  `QHIDDEN@example.org;Quatre;;;${nowhere};QH-102;`,
  `no address;Digit5;;;${nowhere};;`,
];

/** One column beside the e-mail address at a time: a file that names a withheld column is refused as a whole. */
function narrow(column: string, values: readonly string[]): string[] {
  const addresses = ["anna.mueller@example.org", "carla@example.org", "hidden@example.org", `${column}@example.org`];
  return [`email;${column}`, ...addresses.map((address, index) => `${address};${values[index % values.length]}`)];
}

const files = [
  full,
  narrow("lastName", ["Müller", "Other"]),
  narrow("structureName", ["Opéra du Lac", "Opéra du Lac", "Schule am See"]),
  narrow("referenceCode", ["REF-0042", "H-102"]),
  narrow("town", ["Lausanne", "Bern"]),
  narrow("phone", ["+41 21 555 01 11"]),
  narrow("SMS", ["TRUE", "FALSE", "Empty"]),
  narrow("INTEREST", ["OPERA", "BALLET|OPERA"]),
  ["email;birthDate;title;language;mobile", "anna.mueller@example.org;12.04.1980;MRS;fr;+41 79 555 01 11"],
].map((rows) => rows.join("\n"));

/** People seen and unseen, by their ids and numbers, with old values that are right, wrong and left out. */
const keyed = [
  "contactId;contactNumber;[old]SMS;[new]SMS;[old]INSTITUTION_EMAIL;[new]INSTITUTION_EMAIL",
  ...[11, 13, 101, 102, 105, 106, 109, 999].flatMap((id, index) => [
    `${encodeId("Contact", String(id))};;${["", "TRUE", "FALSE", "Empty"][index % 4]};${["T", "F", "Empty"][index % 3]};;T`,
    `;${contactNumberOf(id)};Empty;F;;`,
  ]),
  `${encodeId("Contact", "102")};${contactNumberOf(11)};;T;;`,
  `${encodeId("Contact", "11")};${contactNumberOf(102)};;T;;`,
].join("\n");

const start = `mutation ($input: StartImportInput!) { startImport(input: $input) { importJob { id } userErrors { code field message } } }`;
const job = `query ($id: ID!) { importJob(id: $id) {
  status mode onMatch progress counters { total processed created updated wouldCreate wouldUpdate unchanged skipped conflicts errors undone kept } planHash recencies warnings { code message }
  fileError { code message } createdAt startedAt finishedAt undoableUntil undoneAt undoError { code }
  rows(first: 100) { nodes { line outcome undoOutcome problems { line column code message } undoProblems { column code } contact { id contactNumber version displayName }
    changes { column oldValue newValue isVerified redactions { field requiredClearance requiredPermission } } } }
} }`;

const undo = `mutation ($input: UndoImportInput!) { undoImport(input: $input) { importJob { id } userErrors { code field message } } }`;

/** Every way for the file that names most; the others are checked, and then change what they find. */
const runs = files.flatMap((file) => [
  { file, mode: "CHECK", onMatch: "SKIP" },
  ...(file === files[0] ? [{ file, mode: "CHECK", onMatch: "UPDATE" }] : []),
  ...(file === files[0] ? [{ file, mode: "UPDATE", onMatch: "SKIP" }] : []),
  { file, mode: "UPDATE", onMatch: "UPDATE" },
]);

/** Criteria of one level each: a file that names a withheld one is refused as a whole. */
const criteria = (code: string, values: readonly string[]) =>
  [
    `contactId;[old]${code};[new]${code}`,
    ...[11, 17, 13, 101, 102, 103, 999].map((id, index) => {
      const [old, given] = [values[index % values.length], values[(index + 1) % values.length]];
      return `${encodeId("Contact", String(id))};${old};${given}`;
    }),
  ].join("\n");

const keyedRuns = [
  { type: "CRITERIA", file: criteria("INTEREST", ["OPERA", "BALLET", "Empty"]), mode: "UPDATE", onMatch: "SKIP" },
  { type: "CRITERIA", file: criteria("VIP", ["TRUE", "FALSE"]), mode: "CHECK", onMatch: "SKIP" },
  { type: "CRITERIA", file: criteria("REMARKS", ["text", "other"]), mode: "UPDATE", onMatch: "SKIP" },
  { type: "AUTHORIZATIONS", file: keyed, mode: "CHECK", onMatch: "SKIP" },
  { type: "AUTHORIZATIONS", file: keyed, mode: "UPDATE", onMatch: "SKIP" },
];

/**
 * Imports the files into both databases and compares what became of each row, and then everything; then undoes what was
 * updated, and compares again.
 * @param looks what shows whether both still look the same
 */
export async function examineImports(pair: Pair, examination: Examination, looks: readonly Ask[]): Promise<void> {
  const { setting, asker } = examination;
  for (const { file, ...wish } of [...runs.map((run) => ({ type: "CONTACTS", ...run })), ...keyedRuns]) {
    const { mode } = wish;
    const input = { ...wish, file: null };
    const started: Ask = { at: "gateway", query: start, variables: { input }, file };
    const { data } = await examination.change(started);
    const { importJob } = data!.startImport as { importJob: { id: string } };
    const outcome: Ask = { at: "gateway", query: job, variables: { id: importJob.id } };
    const hasEnded = (body: string) => !/"status":"(QUEUED|RUNNING|UNDOING)"/.test(body);
    const end = () =>
      eventually(
        () => pair.ask(setting, asker, outcome),
        (answers) => answers.every(({ body }) => hasEnded(body)),
      );
    await end();
    await examination.confirm([outcome, ...(mode === "UPDATE" ? looks : [])], [started]);
    if (mode === "CHECK") continue;
    const undone: Ask = { at: "gateway", query: undo, variables: { input: { id: importJob.id } } };
    await examination.change(undone);
    await end();
    await examination.confirm([outcome, ...looks], [started, undone]);
  }
}
