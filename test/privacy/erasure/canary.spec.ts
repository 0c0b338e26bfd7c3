import { expect } from "chai";
import { personalColumns, type TableDeclaration } from "../../../src/platform/personal-data/index.js";
import { product } from "../../../src/product.js";
import { useDatabase } from "../../support/database.js";
import { fillFile } from "./full-file.js";
import { dump, filesOf } from "./markers.js";
import { ProductGraph } from "./product-graph.js";

describe("the canary: a file with a marker in every text", function () {
  this.timeout(60_000);
  const db = useDatabase();

  it("leaves nothing but country, town and postcode in the whole database after its contact was anonymized (F48)", async () => {
    const graph = new ProductGraph(db);
    const file = await fillFile(db, graph);
    const before = await dump(db);
    expect(file.markers.foundIn([...before.values()].join("\n")), "markers are there before").to.have.length.above(40);

    await graph.change("privacy", "anonymizeContact", { contactId: file.opaqueId });

    const left = [...(await dump(db))].flatMap(([table, text]) =>
      file.markers.foundIn(text).map((place) => `${table}: ${place}`),
    );
    expect(left).to.deep.equal([]);
    const kept = [...(await dump(db)).values()].join("\n");
    expect(file.places.foundIn(kept)).to.deep.equal(file.places.places);
    expect([...(await filesOf(db.filesFolder))].flatMap(([, text]) => file.markers.foundIn(text))).to.deep.equal([]);
  });

  it("is filled in every text that the map says is erased, so that a new column does not go unnoticed", async () => {
    const file = await fillFile(db, new ProductGraph(db));

    const empty: string[] = [];
    for (const declaration of product.personalData) empty.push(...(await emptyTexts(declaration, file.id)));

    expect(empty).to.deep.equal(notFilled);
  });

  /** Columns of text in the contact's rows that erasing empties, and that hold nothing yet. */
  async function emptyTexts(declaration: TableDeclaration, id: string): Promise<string[]> {
    const { table, person = [] } = declaration;
    const links = person.filter((link) => typeof link === "string");
    const { rows: texts } = await db.owner.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
       WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND t.typname IN ('text', 'varchar', 'jsonb', '_text')`,
      [table],
    );
    const isText = new Set(texts.map(({ name }) => name));
    const erased = personalColumns(declaration).filter(({ name, erasure }) => erasure !== "KEPT" && isText.has(name));
    const empty: string[] = [];
    for (const { name } of links.length > 0 ? erased : []) {
      const his = links.map((link) => `${link} = $1`).join(" OR ");
      const { rowCount } = await db.owner.query(`SELECT FROM ${table} WHERE (${his}) AND ${name} IS NOT NULL LIMIT 1`, [
        id,
      ]);
      if (rowCount === 0) empty.push(`${table}.${name}`);
    }
    return empty;
  }
});

/** What this file has none of, and why. */
const notFilled: string[] = [
  // of structures, which are not erased
  "contacts.contact.structure_name",
  // codes
  "marketing.activity.kind",
  "marketing.activity.source",
  "marketing.report_event.codes",
  "marketing.campaign_member.outcome",
  "marketing.authorization_change.wording_locales",
  "history.shipment.current_code",
  // a hold in force would keep him
  "privacy.retention_hold.reason",
];
