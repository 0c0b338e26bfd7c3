import { expect } from "chai";
import { useDatabase } from "../../../support/database.js";
import { Importer } from "../importer.js";
import { Killing, type Kind } from "./killing.js";

const rows = 50_000;
const seeds = 20;
const killsEach = 2;
const kinds: readonly Kind[] = ["AUTHORIZATIONS", "CONTACTS"];

/** The bar of imports that survive (6.7): `npm run test:kill-import`. */
describe(`updates of ${rows} rows, killed at random points, ${seeds} times with different seeds`, () => {
  const db = useDatabase();
  const importer = new Importer(db);
  let hits = 0;

  before(() => importer.open());

  for (const kind of kinds) {
    const killing = new Killing(db, importer, kind, rows);
    let expected: Awaited<ReturnType<Killing["undisturbed"]>> | undefined;

    for (let seed = 1; seed <= seeds / kinds.length; seed++)
      it(`leave what they would have left: ${kind}, seed ${seed}`, async () => {
        expected ??= await killing.undisturbed();
        hits += await killing.disturbed(expected, seed, killsEach);
      }).timeout(900_000);
  }

  it("were mostly killed before they had ended", () => {
    expect(hits).to.be.at.least(seeds);
  });
});
