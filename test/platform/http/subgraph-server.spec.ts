import { expect } from "chai";
import { serverAudits } from "graphql-http";
import { post, startToys, type ToyInstallation } from "../../support/toy-gateway.js";

let toys: ToyInstallation;
let token: string;
before(async () => {
  toys = await startToys({ apart: ["contacts", "marketing"] });
  token = await toys.token();
});
after(() => toys.stop());

const servers = [
  { name: "the gateway", url: () => toys.url },
  { name: "a subgraph served alone", url: () => `${toys.subgraphs.get("contacts")!.url}/graphql` },
];

for (const { name, url } of servers) {
  describe(`GraphQL over HTTP, ${name}`, () => {
    const fetchFn = (address: string, init: RequestInit = {}) => {
      const headers = {
        ...(init.headers as Record<string, string>),
        authorization: `Bearer ${token}`,
        "x-graphql-csrf": "1",
      };
      return fetch(address, { ...init, headers });
    };
    for (const audit of serverAudits({ url, fetchFn })) {
      it(audit.name, async () => {
        const result = await audit.fn();
        if (result.status === "error") throw new Error(`${result.reason} ${await result.response.text()}`);
        if (result.status === "warn") expect(known).to.include(audit.name);
      });
    }

    it("answers 404 elsewhere", async () => {
      expect((await fetchFn(url().replace("/graphql", "/other"))).status).to.equal(404);
    });

    it("runs no mutation by GET", async () => {
      const query = encodeURIComponent(`mutation { rename(id: "1", name: "A") { id } }`);

      expect((await fetchFn(`${url()}?query=${query}`)).status).to.equal(405);
    });

    it("keeps the answer to a bad token the same, whatever was wrong with it", async () => {
      const answers = await Promise.all(
        [undefined, "x.y.z", `${token.slice(0, -4)}AAAA`].map((one) =>
          post(url(), "{ __typename }", { token: one, headers: { "x-request-id": "r" } }),
        ),
      );

      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).to.equal(1);
    });
  });
}

describe("a subgraph served alone", () => {
  it("refuses kinds of operation that it has none of, with a code", async () => {
    for (const kind of ["mutation", "subscription"]) {
      const { body } = await post(`${toys.subgraphs.get("marketing")!.url}/graphql`, `${kind} { __typename }`, {
        token,
      });

      expect(body.errors).to.have.lengthOf(1);
      expect(body.errors![0]).to.deep.include({ message: `This part has no ${kind}s.` });
      expect(body.errors![0]!.extensions).to.deep.equal({ code: "GRAPHQL_VALIDATION_FAILED" });
    }
  });
});

/** Audits of SHOULD that yoga answers otherwise, on purpose. */
const known: string[] = [];
