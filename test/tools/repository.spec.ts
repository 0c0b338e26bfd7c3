import { expect } from "chai";
import { repositoryFindings } from "../../tools/repository.js";

const findingsOf = (path: string, content = "") => repositoryFindings([[path, content]]);

describe("the check of the repository's files", () => {
  it("names the line of a download address in the lock file", () => {
    expect(findingsOf("package-lock.json", `{\n  "resolved": "somewhere"\n}`)[0]).to.match(/^package-lock\.json:2: /);
  });

  it("names paths of one person's machine", () => {
    for (const path of ["/home/jo/code/", "/Users/jo.doe/code", "C:\\Users\\jo\\code", "/root/code"])
      expect(findingsOf("docs/guide.md", `see ${path}/x`), path).to.have.length(1);
    expect(findingsOf("docs/guide.md", "https://example.org/root/page and ./root/page")).to.deep.equal([]);
  });

  it("names private keys and promises", () => {
    expect(findingsOf("test/key.pem", "-----BEGIN PRIVATE KEY-----")).to.have.length(1);
    expect(findingsOf("src/a.ts", "// TODO later")).to.have.length(1);
  });

  it("names files that say nothing by their name", () => {
    for (const path of ["src/utils.ts", "src/platform/helpers/a.ts", "src/contact.manager.ts", "src/date-util.ts"])
      expect(findingsOf(path), path).to.have.length(1);
    expect(findingsOf("src/platform/commonwealth.ts")).to.deep.equal([]);
  });
});
