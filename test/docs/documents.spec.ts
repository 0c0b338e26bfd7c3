import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { buildSchema, parse, validate } from "graphql";
import { withCurrentTables } from "../../tools/docs.js";
import { Document } from "./document.js";

describe("the documents", () => {
  const documents = ["README.md", ...globSync("docs/*.md")].map((file) => new Document(file));

  it("have tables that are what the sources say", async () => {
    for (const { file, text } of documents)
      expect(await withCurrentTables(text), `${file}: run "npm run docs"`).to.equal(text);
  });

  it("link to files and headings that are there", () => {
    const broken = documents.flatMap((document) =>
      document.links.filter((link) => !elsewhere.test(link) && !leadsSomewhere(document, link)),
    );
    expect(broken).to.deep.equal([]);
  });

  it("show operations that the schema takes", () => {
    const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
    const wrong = documents.flatMap(({ file, text }) =>
      operationsOf(text).flatMap((operation) =>
        validate(schema, parse(operation)).map(({ message }) => `${file}: ${message}`),
      ),
    );
    expect(wrong).to.deep.equal([]);
  });
});

/** The web, and the figures, which come with the benches. */
const elsewhere = /^https?:|\bperformance\.md$/;

function leadsSomewhere({ file }: Document, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? file : join(dirname(file), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || new Document(target).anchors.has(anchor);
}

/** In the bodies of curl's `-d` and `-F operations=`, and in GraphQL blocks. */
function operationsOf(text: string): string[] {
  const bodies = [...text.matchAll(/(?:-d |operations=)'(\{"query":.*?\})'/gs)].map(
    ([, body]) => JSON.parse(body!).query,
  );
  const blocks = [...text.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, block]) => block!);
  return [...bodies, ...blocks] as string[];
}
