import { expect } from "chai";
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
});
