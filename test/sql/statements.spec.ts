import { expect } from "chai";
import { useDatabase } from "../support/database.js";
import { institutionFindings } from "./institution-rule.js";
import { isWholeRun, statementsSent } from "./recorder.js";
import { namelessCalls, type SourceStatement, sourceStatements } from "./sources.js";
import { visibilityFindings } from "./visibility-rule.js";

/** Files beside the SQL modules that hold a statement, and why. */
const otherFiles: Readonly<Record<string, string>> = {
  "src/contacts/visibility.ts": "makes VisibleContactIds, which nothing else may",
};

/** Statements that are not of one institution, and why. */
const ofEveryInstitution: Readonly<Record<string, string>> = {
  copyTexts: "COPY takes no parameters: the number of the institution stands in the text, and the policies compare it",
  readRecipients:
    "COPY takes no parameters: the number of the institution stands in the text, and the policies compare it",
  selectInstitutionIds: "schedules of the worker visit each institution in its own transaction",
};

/** Statements that may touch rows about contacts without asking who sees them, and why. */
const seesEveryContact: Readonly<Record<string, string>> = {
  ...everybody(
    "insertStaged",
    "updateStaged",
    "lockOrders",
    "selectStoredLines",
    "selectStoredTickets",
    "selectErasedTickets",
  ),
  ...byOwnLevel(
    "countMembers",
    "selectMembers",
    "selectMembersAmong",
    "countDifference",
    "insertMembers",
    "keepMembers",
  ),
  ...byOwnLevel("selectOutcomes", "selectAudiencePage", "countAudience", "countRecipients", "takeRecipients"),
  ...everyErased(
    "eraseOwnTickets",
    "selectDoomedBelongings",
    "removeOrders",
    "unlinkOrders",
    "expireExports",
    "expireSubjectExports",
    "copyTexts",
  ),
  ...everyTicket("countOld", "selectNextOf", "lockOldTickets", "cleanOldTickets", "lockOldOrders", "cleanOldOrders"),
  ...ofTheWorker("claimSubjectExport", "publishSubjectExport", "failSubjectExport", "selectSubjectMail"),
  ...ofTheWorker("selectSubjectFiles", "selectExpiredSubjectFiles", "forgetSubjectFiles"),
  ...byOwnLevel("insertRunMembers", "countWithoutPurchase"),
  ...byOwnLevel("selectRecordedPage", "countRecorded", "countRecordedRecipients"),
  applyAuthorizationWish: "the wish names contacts whom the import has found and locked through contacts",
  keepRecency: "keeps what findRecency has found of contacts whom the session sees",
  insertItems: "lists what findRecency has found of contacts whom the session sees",
  clearMembers: "empties a list, whoever stands in it",
  endCampaignRun: "empties a list, whoever stands in it",
  selectRunMembers: "each is locked, and asked about by statements that see him or not",
  ...everybody("lockBelongings", "deleteTickets", "deleteLines", "deleteTicketDetails", "deleteAnswers"),
};

/** About contacts as well: a key would be asked for each of a million rows. */
const withoutKey = ["privacy.gdpr_recency"];

/** Marketing's row of a contact carries his level, and the policy of its table compares it. */
function byOwnLevel(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, "asks marketing's row, which has the level and a policy for it"]),
  );
}

/** The contacts were locked through contacts, in a session that sees all of them. */
function everyErased(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, "erasing is complete, whoever they are (design 3)"]));
}

/** Contacts named by records are locked through contacts, by callers who see all of them. */
function everybody(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, "deliveries are complete, whoever they are about (design 3)"]));
}

/** What a job does with its own row is nobody's answer. */
function ofTheWorker(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, "bookkeeping of jobs is complete (design 3)"]));
}

/** Tickets grow old whoever holds them. */
function everyTicket(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, "the clean-up is complete, whoever tickets are about (domain 4.7)"]),
  );
}

/** Runs after all other specs (tools/test.ts): it judges the statements that they made the product send. */
describe("the SQL statements of the sources", () => {
  const db = useDatabase();
  const statements = sourceStatements();
  const sent = statementsSent();
  const chosen = process.argv.some((argument) => /^(?:-[gf]|--grep|--fgrep)\b/.test(argument));
  const sourceOf = new Map(statements.map((statement) => [statement.name, statement]));

  it("are there to be judged", () => {
    expect(statements).to.have.length.above(10);
  });

  it("begin with the name of their function, so that a slow query is found by search", () => {
    const odd = statements.filter(({ name, functionName, isFirst }) => isFirst && name !== functionName);
    expect(odd.map(({ file, functionName, name }) => `${file}: ${functionName} has ${name}`)).to.deep.equal([]);
    expect(namelessCalls()).to.deep.equal([]);
  });

  it("have a name each", () => {
    const names = statements.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
  });

  it("stand in SQL modules", () => {
    const elsewhere = statements.filter(
      ({ file }) => !/\.sql\.ts$/.test(file) && !file.startsWith("src/platform/") && !otherFiles[file],
    );
    expect(elsewhere.map(({ file, name }) => `${file}: ${name}`)).to.deep.equal([]);
  });

  it("compare every table with the institution, in sub-selects too", async () => {
    const found = await findings(async (text, { name }) => (ofEveryInstitution[name] ? [] : institutionFindings(text)));
    expect(found).to.deep.equal([]);
  });

  it("ask outside of contacts which contacts the caller sees", async () => {
    const tables = await tablesAboutContacts();
    const beside = /^src\/(?:marketing|history|privacy)\//;
    const found = await findings(async (text, { file, name, signature }) =>
      beside.test(file) && !seesEveryContact[name] ? visibilityFindings(text, signature, tables) : [],
    );
    expect(found).to.deep.equal([]);
  });

  it("were all run by the other specs", function () {
    if (!isWholeRun || chosen) this.skip();
    const missing = statements.filter(({ name }) => !sent.has(name));
    expect(missing.map(({ file, name }) => `${file}: ${name}`)).to.deep.equal([]);
  });

  async function findings(find: (text: string, source: SourceStatement) => Promise<string[]>): Promise<string[]> {
    const found: string[] = [];
    for (const [name, texts] of sent) {
      const source = sourceOf.get(name);
      if (!source) continue;
      for (const text of texts) found.push(...(await find(text, source)).map((finding) => `${name}: ${finding}`));
    }
    return [...new Set(found)];
  }

  /** Tables outside of contacts whose foreign keys lead to a contact, at once or over other tables. */
  async function tablesAboutContacts(): Promise<Set<string>> {
    const { rows } = await db.owner.query<{ name: string }>(
      `WITH RECURSIVE about AS (
         SELECT 'contacts.contact'::regclass::oid AS id
         UNION SELECT k.conrelid FROM pg_constraint k JOIN about ON k.confrelid = about.id WHERE k.contype = 'f')
       SELECT n.nspname || '.' || c.relname AS name FROM about JOIN pg_class c ON c.oid = about.id
       JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('marketing', 'history', 'privacy')`,
    );
    return new Set([...rows.map(({ name }) => name), ...withoutKey]);
  }
});
