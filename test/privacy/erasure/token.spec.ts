import { expect } from "chai";
import fc from "fast-check";
import { digestsOf, ProofKey } from "../../../src/privacy/erasure/proof/digest.js";
import { tokensOf } from "../../../src/privacy/erasure/proof/token.js";

const key = new ProofKey(Buffer.alloc(32, 3));

/** Whether an identifier is found in a text. */
function isFound(kind: Parameters<typeof digestsOf>[1][number]["kind"], identifier: string, text: string): boolean {
  const wanted = digestsOf(key, [{ contactId: "1", kind, text: identifier }]);
  const tokens = tokensOf(key.seed, text);
  return tokens.some((token) =>
    wanted.some(({ filter, digest }) => filter === token.hash && digest.equals(key.digest(token.shape, token.text))),
  );
}

describe("the tokens of a text", () => {
  const found: [Parameters<typeof isFound>[0], string, string][] = [
    ["EMAIL", "ana@example.org", "write to ANA@Example.org."],
    ["EMAIL", "ana.o'neil+x@example.org", '{"to":"ana.o\'neil+x@example.org"}'],
    ["EMAIL", "josé@example.org", "JOSÉ@example.org"],
    ["PHONE", "+41 79 555 12 34", "0041795551234"],
    ["PHONE", "+41 79 555 12 34", "079.555.12.34"],
    ["PHONE", "+41 79 555 12 34", "Tel. 079/555 12 34, at 10 30"],
    ["PHONE", "0795551234", "0795551234"],
    ["NAME", "Ana María\nRuiz Soto", "by María Ruiz"],
    ["NAME", "Ana María\nRuiz Soto", "SOTO, ANA"],
    ["NAME", "Zoë\nRuiz", "Zoe Ruiz"],
    ["REFERENCE", "CRM-000123", "was crm-000123 before"],
    ["DOCUMENT", "X1234567", "passport x1234567;"],
  ];
  for (const [kind, identifier, text] of found)
    it(`has the ${kind} ${JSON.stringify(identifier)} in ${JSON.stringify(text)}`, () => {
      expect(isFound(kind, identifier, text)).to.equal(true);
    });

  const others: typeof found = [
    ["EMAIL", "ana@example.org", "diana@example.org ana@example.organic"],
    ["PHONE", "+41 79 555 12 34", "79555123 4795551234567"],
    ["NAME", "Ana\nRuiz", "Ana and Ruiz"],
    ["REFERENCE", "17", "17"],
  ];
  for (const [kind, identifier, text] of others)
    it(`has no ${kind} ${JSON.stringify(identifier)} in ${JSON.stringify(text)}`, () => {
      expect(isFound(kind, identifier, text)).to.equal(false);
    });

  it("holds an e-mail address wherever it stands between other words", () => {
    const address = fc.stringMatching(/^[a-z][a-z0-9.]{2,12}[a-z]@[a-z]{3,9}\.(ch|org)$/);
    const around = fc.stringMatching(/^[ -?\u00e0-\u00ff]{0,30}$/);
    fc.assert(
      fc.property(address, around, around, (email, before, after) =>
        isFound("EMAIL", email, `${before.replaceAll("\\", "")} ${email} ${after}`),
      ),
    );
  });
});
