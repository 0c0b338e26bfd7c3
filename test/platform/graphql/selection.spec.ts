import { expect } from "chai";
import { type FieldNode, type FragmentDefinitionNode, parse } from "graphql";
import { selects } from "../../../src/platform/graphql/selection.js";

/** What a resolver is told of the first field of the document. */
function infoOf(source: string) {
  const { definitions } = parse(source);
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const fieldNodes: FieldNode[] = [];
  for (const definition of definitions) {
    if (definition.kind === "FragmentDefinition") fragments[definition.name.value] = definition;
    if (definition.kind === "OperationDefinition")
      fieldNodes.push(...(definition.selectionSet.selections as FieldNode[]));
  }
  return { fieldNodes, fragments };
}

const paths = [
  ["nodes", "lines"],
  ["edges", "node", "lines"],
];

describe("selects", () => {
  it("finds a field through aliases, inline fragments and fragment spreads", () => {
    expect(selects(infoOf("{ a { nodes { lines { quantity } } } }"), ...paths)).to.equal(true);
    expect(selects(infoOf("{ a { n: nodes { l: lines { quantity } } } }"), ...paths)).to.equal(true);
    expect(selects(infoOf("{ a { ... { nodes { ... on Order { lines { quantity } } } } } }"), ...paths)).to.equal(true);
    expect(
      selects(infoOf("{ a { ...F } } fragment F on C { edges { node { lines { quantity } } } }"), ...paths),
    ).to.equal(true);
  });

  it("looks into every field of a list that is selected twice", () => {
    expect(selects(infoOf("{ a { nodes { id } nodes { lines { quantity } } } }"), ...paths)).to.equal(true);
  });

  it("does not take a field of the same name elsewhere for it", () => {
    expect(selects(infoOf("{ a { nodes { id purchaser { lines } } } }"), ...paths)).to.equal(false);
    expect(selects(infoOf("{ a { edges { cursor } totalCount } }"), ...paths)).to.equal(false);
    expect(selects(infoOf("{ a { nodes: lines { id } } }"), ...paths)).to.equal(false);
  });
});
