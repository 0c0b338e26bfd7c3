import { expect } from "chai";
import { product } from "../../src/product.js";

/** A class that crosses a boundary would carry its decorators, and so its GraphQL type, into another subgraph. */
describe("what modules show to each other", () => {
  for (const { name } of product.modules)
    it(`of ${name} is no class`, async () => {
      const shown = Object.entries((await import(`../../src/${name}/index.js`)) as Record<string, unknown>);
      expect(shown.filter(([, value]) => /^class\b/.test(String(value))).map(([key]) => key)).to.deep.equal([]);
    });
});
