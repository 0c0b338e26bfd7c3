import { expect } from "chai";
import { AudienceOutcome } from "../../../src/marketing/audience/audience.enums.js";
import { authorizationCodes } from "../../../src/marketing/authorizations/authorization.js";
import { exportedColumns } from "../../../src/platform/personal-data/index.js";
import { AnonymizationOutcome } from "../../../src/privacy/runs/run.enums.js";
import { codeTexts } from "../../../src/privacy/subject/subject-code.texts.js";
import { codeLabel } from "../../../src/privacy/subject/subject-codes.js";
import { product } from "../../../src/product.js";
import { useDatabase } from "../../support/database.js";

describe("codes in an export of personal data", () => {
  const db = useDatabase();

  /** What the database lets stand in columns that the export shows, where that is a list of codes. */
  async function allowed(): Promise<{ table: string; column: string; codes: string[] }[]> {
    const { rows } = await db.owner.query<{ table: string; column: string; definition: string }>(
      `SELECT n.nspname || '.' || c.relname AS "table", a.attname AS column, pg_get_constraintdef(k.oid) AS definition
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
       WHERE k.contype = 'c' AND cardinality(k.conkey) = 1 AND a.atttypid IN ('text'::regtype, 'text[]'::regtype)
       ORDER BY 1, 2`,
    );
    const shown = product
      .ports(db.services())
      .erasers.flatMap(({ personalData }) =>
        personalData.flatMap((declaration) =>
          exportedColumns(declaration).map((name) => `${declaration.table}.${name}`),
        ),
      );
    return rows.flatMap(({ table, column, definition }) => {
      const codes = [...definition.matchAll(/'([A-Z][A-Z_]*)'/g)].map(([, code]) => code!);
      return shown.includes(`${table}.${column}`) && codes.length > 0 ? [{ table, column, codes }] : [];
    });
  }

  it("are read as words, whatever the database lets stand there", async () => {
    const columns = await allowed();
    const unnamed = columns.flatMap(({ table, column, codes }) => {
      const label = codeLabel(table, column, "fr");
      return codes.filter((code) => !label || !(code in codeTexts)).map((code) => `${table}.${column} ${code}`);
    });

    expect(columns.length).to.be.at.least(25);
    expect(unnamed).to.deep.equal([]);
  });

  it("have a name where the program decides what there is", () => {
    const { EXCLUDED: _, ...outcomes } = AudienceOutcome;
    const sources = [
      "OPERATOR",
      "CONTACT",
      "API",
      "IMPORT",
      "UNDO",
      "BATCH",
      "INGESTION",
      "SAM",
      "DOUBLE_OPT_IN",
      "SYSTEM",
    ];
    const reports = ["DELIVERED", "FAILURE", "AUTOMATIC_REPLY", "COMPLAINT", "CLICK", "UNSUBSCRIBE"];
    const all = [
      authorizationCodes,
      Object.values(outcomes),
      Object.values(AnonymizationOutcome),
      sources,
      reports,
    ].flat();

    expect(all.filter((code) => !(code in codeTexts))).to.deep.equal([]);
  });

  it("are left alone in columns that hold text", () => {
    expect(codeLabel("contacts.note", "text", "en")).to.equal(undefined);
    expect(codeLabel("privacy.retention_hold", "reason", "en")).to.equal(undefined);
    expect(codeLabel("marketing.address_bounce", "reason", "es")!("AUTOMATIC_REPLY")).to.equal("Respuesta automática");
    expect(codeLabel("history.sales_order", "operation_kind", "fr")!("SALE")).to.equal("Vente");
  });
});
