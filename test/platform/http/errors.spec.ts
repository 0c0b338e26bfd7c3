import { expect } from "chai";
import { GraphQLError } from "graphql";
import { useDocumentLimits } from "../../../src/platform/http/document-limits.js";
import { useErrorMasking } from "../../../src/platform/http/errors.js";
import { useRequestId } from "../../../src/platform/http/request-id.js";
import { withoutValues } from "../../../src/platform/http/variable-errors.js";
import { seen } from "./toy-graph.js";
import { ask, codes, type ToyServer, toyServers } from "./toy-servers.js";

for (const toy of toyServers) {
  describe(`errors, ${toy.name}`, () => {
    let server: ToyServer;
    const logged: [error: unknown, requestId: string | undefined][] = [];
    before(async () => {
      const failingContext = {
        onContextBuilding({ context }: { context: { request?: Request } }) {
          if (context.request?.headers.has("x-break-context")) throw new Error("no context for ada@private.example");
        },
      };
      const masking = useErrorMasking({ log: (error, requestId) => logged.push([error, requestId]) });
      server = await toy.start([useRequestId(), masking, failingContext, useDocumentLimits()]);
    });
    beforeEach(() => logged.splice(0));
    after(() => server.close());

    it("masks a plain error, with the request id, and logs the original once", async () => {
      const { status, text, body } = await ask(server, "{ hello broken }", { headers: { "x-request-id": "r-7" } });

      expect(status).to.equal(200);
      expect(body.data).to.deep.equal({ hello: "hello world", broken: null });
      expect(body.errors).to.have.length(1);
      expect(body.errors![0]).to.deep.include({ message: "Unexpected error.", path: ["broken"] });
      expect(body.errors![0]!.extensions).to.deep.equal({ code: "INTERNAL_SERVER_ERROR", requestId: "r-7" });
      expect(text).not.to.include("private.example");
      expect(logged.map(([error, id]) => [(error as Error).message, id])).to.deep.equal([
        ["password of ada@private.example is wrong", "r-7"],
      ]);
    });

    it("masks a coded error whose code is not known", async () => {
      const answer = await ask(server, "{ coded }");

      expect(codes(answer)).to.deep.equal(["INTERNAL_SERVER_ERROR"]);
      expect(answer.text).not.to.include("internal detail");
      expect(logged).to.have.length(1);
    });

    it("masks what a result cannot be serialized to", async () => {
      const answer = await ask(server, "{ count }");

      expect(codes(answer)).to.deep.equal(["INTERNAL_SERVER_ERROR"]);
      expect(answer.text).not.to.include("not a number");
    });

    it("masks what fails before execution, with 500", async () => {
      const answer = await ask(server, "{ hello }", { headers: { "x-break-context": "1", "x-request-id": "r-8" } });

      expect(answer.status).to.equal(500);
      expect(codes(answer)).to.deep.equal(["INTERNAL_SERVER_ERROR"]);
      expect(answer.text).not.to.include("private.example");
      expect(logged).to.have.length(1);
    });

    it("lets a known code pass with its status and headers", async () => {
      const answer = await ask(server, "{ busy }");

      expect(answer.status).to.equal(503);
      expect(answer.headers.get("retry-after")).to.equal("1");
      expect(answer.body.errors).to.have.length(1);
      expect(answer.body.errors![0]).to.deep.include({ message: "Try again.", path: ["busy"] });
      expect(answer.body.errors![0]!.extensions).to.deep.equal({ code: "SERVICE_BUSY" });
      expect(logged).to.have.length(0);
    });

    it("codes what does not parse and what is not valid, with the place in the document", async () => {
      const unparsed = await ask(server, "{ hello");
      const invalid = await ask(server, "{ nothing }");

      expect([unparsed.status, invalid.status]).to.deep.equal([400, 400]);
      expect([codes(unparsed), codes(invalid)]).to.deep.equal([
        ["GRAPHQL_PARSE_FAILED"],
        ["GRAPHQL_VALIDATION_FAILED"],
      ]);
      expect(invalid.body.errors![0]).to.have.deep.property("locations", [{ line: 1, column: 3 }]);
      expect(logged).to.have.length(0);
    });

    it("names the variable, the path and the type, and never the value", async () => {
      const query =
        "mutation ($input: ContactInput, $n: Int = 1) { rename(input: $input) other: rename(input: { age: $n }) }";
      const before = seen.executed;

      const wrong = {
        level: "ada@private.example",
        age: "ada@private.example",
        tags: ["a", { b: "ada@private.example" }],
      };
      const answer = await ask(server, query, { variables: { input: wrong, n: "ada@private.example" } });

      expect(answer.status).to.equal(400);
      expect(codes(answer)).to.deep.equal(Array(4).fill("BAD_USER_INPUT"));
      expect(answer.body.errors!.map((error) => error.message)).to.have.members([
        'Variable "$input" has an invalid value at "input.level": expected type "Level".',
        'Variable "$input" has an invalid value at "input.age": expected type "Int".',
        'Variable "$input" has an invalid value at "input.tags.1": expected type "String!".',
        'Variable "$n" has an invalid value: expected type "Int".',
      ]);
      expect(answer.text).not.to.include("private.example");
      expect(seen.executed).to.equal(before);
    });

    it("names no value that only the subgraph can refuse", async () => {
      const query = "mutation ($input: ContactInput, $email: Email) { rename(input: $input, email: $email) }";

      const variables = { input: { email: 'a"; b@private.test' }, email: "a@private.test" };
      const answer = await ask(server, query, { variables });

      expect(new Set(codes(answer))).to.deep.equal(new Set(["BAD_USER_INPUT"]));
      expect(answer.text).to.include("An Email ends in .example.").and.not.include("private.test");
    });

    it("names no literal of the document", async () => {
      const inline = (input: string) => `mutation { rename(input: { ${input} }) }`;
      for (const bad of [
        'age: "ada@private.example"',
        'level: "ada@private.example"',
        'tags: [{ a: "ada@private.example" }]',
      ]) {
        const answer = await ask(server, inline(bad));
        expect(codes(answer), bad).to.deep.equal(["GRAPHQL_VALIDATION_FAILED"]);
        expect(answer.body.errors![0]!.message, bad).to.match(/^Expected value of type "\w+!?"\.$/);
      }
      const unparsed = await ask(server, '{ hello(name: "x" "ada@private.example") }');
      expect(unparsed.body.errors![0]!.message).to.equal("Syntax Error: Expected Name, found String.");
    });

    it("says which required variable is missing or null", async () => {
      const query = "query ($n: Int!) { contacts(first: $n) { id } }";

      const missing = await ask(server, query);
      const absent = await ask(server, query, { variables: { n: null } });

      expect(missing.body.errors![0]!.message).to.equal('Variable "$n" of required type "Int!" was not provided.');
      expect(absent.body.errors![0]!.message).to.equal('Variable "$n" of non-null type "Int!" must not be null.');
    });

    it("does not repeat a body or variables that are not JSON", async () => {
      const headers = { "content-type": "application/json" };
      const body = await fetch(server.url, { method: "POST", headers, body: '{"a": ada@private.example}' });
      const get = await fetch(`${server.url}?query=%7Bhello%7D&variables=ada@private.example`, {
        headers: { ...headers, accept: "application/json" },
      });

      for (const response of [body, get]) {
        expect(response.status).to.equal(400);
        expect(await response.text())
          .to.include("BAD_REQUEST")
          .and.not.include("private");
      }
    });

    it("masks errors in the middle of a subscription", async () => {
      const response = await fetch(server.url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "text/event-stream" },
        body: JSON.stringify({ query: "subscription { ticks(to: 3) }" }),
      });

      const events = await response.text();
      expect(events).to.include('"ticks":3').and.include("Unexpected error.").and.not.include("private.example");
      expect(logged).to.have.length(1);
    });
  });
}

describe("withoutValues", () => {
  const cases: readonly [message: string, expected: string][] = [
    [
      'Variable "$email" got invalid value "a@b.ch"; Expected type "Email". a@b.ch is bad',
      'Variable "$email" has an invalid value: expected type "Email".',
    ],
    [
      'Variable "$i" got invalid value "x \\" at \\"i.no\\"; y" at "i.list[2].email"; Expected type "Email".',
      'Variable "$i" has an invalid value at "i.list.2.email": expected type "Email".',
    ],
    ['Variable "$i" got invalid value { a: "b" }; a@b.ch', 'Variable "$i" has an invalid value.'],
    ['Value "a@b.ch" does not exist in "Level" enum. Did you mean "FREE"?', 'Expected value of type "Level".'],
    ['Expected value of type "Email", found "a@b.ch"; no "Email"', 'Expected value of type "Email".'],
    ['Enum "Level" cannot represent non-enum value: "a@b.ch".', 'Expected value of type "Level".'],
    ["Something else.", "Something else."],
  ];
  for (const [message, expected] of cases)
    it(`rewords ${new GraphQLError(message).message.slice(0, 60)}`, () =>
      expect(withoutValues(message)).to.equal(expected));
});
