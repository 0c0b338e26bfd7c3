import { expect } from "chai";
import { isAllowed, licenceFindings } from "../../tools/licences.js";

describe("the licence check", () => {
  it("lets a choice pass when one side is allowed, and a sum only when both are", () => {
    expect(isAllowed("MIT")).to.equal(true);
    expect(isAllowed("(MIT OR GPL-3.0)")).to.equal(true);
    expect(isAllowed("MIT AND ISC")).to.equal(true);
    expect(isAllowed("MIT AND GPL-3.0")).to.equal(false);
    expect(isAllowed("Elastic-2.0")).to.equal(false);
    expect(isAllowed("(MIT OR (GPL-3.0 AND ISC))"), "nested: for a person").to.equal(false);
  });

  it("names a package whose licence is not allowed, wherever it is nested", () => {
    const findings = licenceFindings({
      "": { license: "MIT" },
      "node_modules/good": { version: "1.0.0", license: "ISC" },
      "node_modules/good/node_modules/@some/bad": { version: "2.0.0", license: "Elastic-2.0" },
    });

    expect(findings).to.have.length(1);
    expect(findings[0]).to.match(/^@some\/bad@2\.0\.0: Elastic-2\.0/);
  });

  it("asks a person again for a package without licence field when its version changes", () => {
    expect(licenceFindings({ "node_modules/busboy": { version: "1.6.0" } })).to.deep.equal([]);
    expect(licenceFindings({ "node_modules/busboy": { version: "1.7.0" } })).to.have.length(1);
  });

  it("lets data of a tool pass only where the tool is not delivered", () => {
    const data = { version: "1.0.0", license: "CC-BY-4.0" };
    expect(licenceFindings({ "node_modules/caniuse-lite": { ...data, dev: true } })).to.deep.equal([]);
    expect(licenceFindings({ "node_modules/caniuse-lite": data })).to.have.length(1);
  });
});
