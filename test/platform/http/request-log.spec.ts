import { expect } from "chai";
import { post, startToys, type ToyInstallation } from "../../support/toy-gateway.js";

describe("the line of a request", () => {
  let toys: ToyInstallation;
  let token: string;
  before(async () => {
    toys = await startToys({ apart: ["history"] });
    token = await toys.token();
  });
  after(() => toys.stop());

  const lines = () => toys.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  const line = (requestId: string, part = "gateway") =>
    lines().find((one) => one.requestId === requestId && one.part === part);

  it("names the operation, who asked, and how it went", async () => {
    await post(toys.url, `query File { contact(id: "7") { name } }`, { token, headers: { "x-request-id": "r-1" } });

    expect(line("r-1")).to.include({
      status: 200,
      operation: "File",
      caller: "op-1",
      institution: "DEMO",
      method: "POST",
    });
    expect(line("r-1")!.durationMs).to.be.a("number");
  });

  it("has the same request id in each part that took part", async () => {
    await post(toys.url, `{ contact(id: "7") { orders(first: 1) } }`, { token, headers: { "x-request-id": "r-2" } });

    expect(line("r-2", "history")).to.include({ status: 200, caller: "op-1" });
  });

  it("holds neither the query, nor its variables, nor the token, also when the request fails", async () => {
    const variables = { id: "Ada Lovelace" };
    const secret = `{ contact(id: "Ada Lovelace") { name unknown } }`;

    await post(toys.url, `query ($id: ID!) { contact(id: $id) { name } }`, {
      token,
      variables,
      headers: { "x-request-id": "r-3" },
    });
    await post(toys.url, secret, { token, headers: { "x-request-id": "r-4" } });
    await post(toys.url, secret, { token: "stolen.token.text", headers: { "x-request-id": "r-5" } });

    expect([line("r-3")!.status, line("r-4")!.status, line("r-5")!.status]).to.deep.equal([200, 400, 401]);
    expect(toys.log.join(""))
      .not.to.match(/Ada|Lovelace|stolen|Bearer/)
      .and.not.include(token);
  });

  it("bounds the name that a client gives to its operation", async () => {
    await post(toys.url, `query ${"A".repeat(5_000)} { __typename }`, { token, headers: { "x-request-id": "r-6" } });

    expect(line("r-6")!.operation).to.equal("A".repeat(64));
  });
});

describe("figures", () => {
  it("count requests and operations by labels that no caller can choose", async () => {
    const toys = await startToys();
    const token = await toys.token();
    await post(toys.url, `query Mine { contact(id: "7") { name } }`, { token });
    await post(toys.url, `query Mine { contact(id: "500") { name orders(first: 1) } }`, { token });
    await fetch(toys.url, { method: "PROPFIND", headers: { authorization: `Bearer ${token}` } });

    const text = await toys.telemetry.text();

    expect(text).to.match(/^http_request_duration_seconds_count\{part="gateway",method="POST",status="200"\} 2$/m);
    expect(text).to.match(/^http_request_duration_seconds_count\{part="gateway",method="other",status="\d+"\} 1$/m);
    expect(text).to.match(/^graphql_operation_duration_seconds_count\{part="gateway",type="query",outcome="ok"\} 1$/m);
    expect(text).to.match(
      /^graphql_operation_duration_seconds_count\{part="gateway",type="query",outcome="partial"\} 1$/m,
    );
    expect(text).not.to.include("Mine").and.not.include("PROPFIND").and.not.include("op-1");
    await toys.stop();
  });
});
