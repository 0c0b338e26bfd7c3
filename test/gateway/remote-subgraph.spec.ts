import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { assertCompositionSuccess, composeServices } from "@theguild/federation-composition";
import { expect } from "chai";
import { parse } from "graphql";
import { useStreamingUpload } from "../../src/gateway/upload.js";
import { useErrorMasking } from "../../src/platform/http/errors.js";
import { useRequestId } from "../../src/platform/http/request-id.js";
import { contactTypes } from "../platform/http/toy-graph.js";
import { answer, ask, codes, listen, type ToyServer, toyServers } from "../platform/http/toy-servers.js";

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n`;

describe("plugins before a subgraph that runs apart", () => {
  let subgraph: ToyServer;
  let gateway: ToyServer;
  const logged: [error: unknown, requestId: string | undefined][] = [];
  let gatewayLog = "";
  const log = (error: unknown, requestId: string | undefined) => logged.push([error, requestId]);

  before(async () => {
    const yoga = toyServers.find(({ name }) => name === "yoga")!;
    subgraph = await yoga.start([useRequestId(), useErrorMasking({ log })]);
    const composed = composeServices([{ name: "contacts", typeDefs: parse(link + contactTypes), url: subgraph.url }]);
    assertCompositionSuccess(composed);
    const store = async (file: { createReadStream(): AsyncIterable<Buffer> }) => {
      let bytes = 0;
      for await (const chunk of file.createReadStream()) bytes += chunk.length;
      return `stored:${bytes}`;
    };
    const runtime = createGatewayRuntime({
      supergraph: composed.supergraphSdl,
      unifiedGraphHandler,
      maskedErrors: false,
      requestId: false,
      subgraphErrors: false,
      logging: false,
      plugins: () => [
        useRequestId(),
        useErrorMasking({ log: (error) => (gatewayLog += String(error)) }),
        useStreamingUpload({ store }),
      ],
    });
    gateway = await listen(runtime, () => runtime[Symbol.asyncDispose]());
  });
  after(() => Promise.all([gateway.close(), subgraph.close()]));

  it("hand it the request id, so that both log the same one", async () => {
    const { body } = await ask(gateway, "{ broken }", { headers: { "x-request-id": "r-remote" } });

    expect(body.errors![0]!.extensions).to.deep.equal({ code: "INTERNAL_SERVER_ERROR", requestId: "r-remote" });
    expect(logged.map(([error, id]) => [(error as Error).message, id])).to.deep.equal([
      ["password of ada@private.example is wrong", "r-remote"],
    ]);
  });

  it("hand it the reference of a stored file", async () => {
    const form = new FormData();
    const query = "mutation ($file: Upload!) { reference(file: $file) }";
    form.set("operations", JSON.stringify({ query, variables: { file: null } }));
    form.set("map", JSON.stringify({ 0: ["variables.file"] }));
    form.set("0", new Blob([Buffer.alloc(1_000_000)]), "a.csv");

    const { body } = await answer(await fetch(gateway.url, { method: "POST", body: form }));

    expect(body.data).to.deep.equal({ reference: '"stored:1000000"' });
  });

  it("pass its coded errors on, and reword those about variables", async () => {
    const busy = await ask(gateway, "{ busy }");
    const query = "mutation ($email: Email) { rename(email: $email) }";
    const refused = await ask(gateway, query, { variables: { email: "a@private.test" } });

    expect(codes(busy)).to.deep.equal(["SERVICE_BUSY"]);
    expect(codes(refused)).to.deep.equal(["BAD_USER_INPUT"]);
    expect(refused.text).to.include("An Email ends in .example.").and.not.include("private.test");
  });

  it("say that its fields are not available when it is down, and nothing of its address (F01)", async () => {
    const address = new URL(subgraph.url).host;
    await subgraph.close();

    const answered = await ask(gateway, "{ hello }");

    expect(codes(answered)).to.deep.equal(["SERVICE_UNAVAILABLE"]);
    expect(answered.body.errors![0]!.path).to.deep.equal(["hello"]);
    expect(gatewayLog).to.match(/ECONNREFUSED/);
    expect(answered.text).not.to.include(address).and.not.include("ECONNREFUSED");
  });
});
