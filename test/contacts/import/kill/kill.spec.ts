import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { Importer } from "../importer.js";
import { Killing } from "./killing.js";

describe("imports and undos that are killed (6.7)", () => {
  const db = useDatabase();
  const importer = new Importer(db);

  before(() => importer.open());

  // npm run test:kill-import is the long version
  for (const [kind, rows] of [
    ["AUTHORIZATIONS", 3_000],
    ["CONTACTS", 5_000],
  ] as const)
    it(`leave what they would have left, of ${rows} rows of ${kind}`, async () => {
      const killing = new Killing(db, importer, kind, rows);
      const expected = await killing.undisturbed();

      const hits = await killing.disturbed(expected, 1, 2);

      expect(hits, "kills in time").to.be.at.least(1);
      expect(expected.imported.counters).to.not.equal(expected.undone.counters);
    }).timeout(180_000);
});
