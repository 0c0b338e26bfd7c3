import { globSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { buildSchema, parse, validate } from "graphql";
import { withCurrentTables } from "../../tools/docs.js";
import { Document } from "./document.js";

describe("the documents", () => {
  const documents = ["README.md", ...globSync("docs/*.md")].map((file) => new Document(file));

  it("have tables that are what the sources say", () => {
    const stale = documents.filter(({ text }) => withCurrentTables(text) !== text).map(({ file }) => file);
    expect(stale, "run `npm run docs`").to.deep.equal([]);
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

/** In the bodies of curl's `-d` and `-F operations=`, and in GraphQL blocks. */
function operationsOf(text: string): string[] {
  const bodies = [...text.matchAll(/(?:-d |operations=)'(\{"query":.*?\})'/gs)].map(
    ([, body]) => JSON.parse(body!).query,
  );
  const blocks = [...text.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, block]) => block!);
  return [...bodies, ...blocks] as string[];
}
