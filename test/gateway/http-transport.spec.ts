import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionRequest, ExecutionResult } from "@graphql-tools/utils";
import { expect } from "chai";
import { OperationTypeNode, parse } from "graphql";
import { httpExecutor } from "../../src/gateway/http-transport.js";

describe("a call to a subgraph that runs apart", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  async function serve(answer: RequestListener): Promise<{ url: string; server: Server }> {
    const server = createServer(answer).unref();
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server };
  }

  const failures: Error[] = [];
  beforeEach(() => failures.splice(0));

  async function call(url: string, more: Partial<ExecutionRequest> = {}, timeoutMs = 5_000): Promise<ExecutionResult> {
    const execute = httpExecutor(
      { name: "history", url, timeoutMs, onFailure: (error) => failures.push(error) },
      "field",
    );
    const headers = {
      authorization: "Bearer t",
      "accept-language": "fr",
      cookie: "c=1",
      "x-forwarded-for": "10.0.0.1",
    };
    const context = { request: new Request("http://gateway/graphql", { headers }), requestId: "r-1" };
    const request = { document: parse("{ greeting }"), operationType: OperationTypeNode.QUERY, context, ...more };
    return (await execute(request)) as ExecutionResult;
  }

  const codesOf = ({ errors }: ExecutionResult) => errors?.map(({ path, extensions }) => [path, extensions.code]);
  const greeting: RequestListener = (_request, response) => void response.end(`{"data":{"greeting":"hello"}}`);
  const unavailable = [[["greeting"], "SERVICE_UNAVAILABLE"]];

  it("carries the caller's token, his language and the request id, and nothing else of his", async () => {
    let headers: NodeJS.Dict<string | string[]> = {};
    const { url } = await serve((request, response) => {
      headers = request.headers;
      greeting(request, response);
    });

    expect((await call(url)).data).to.deep.equal({ greeting: "hello" });
    expect(headers).to.include({ authorization: "Bearer t", "accept-language": "fr", "x-request-id": "r-1" });
    expect(headers).not.to.have.any.keys("cookie", "x-forwarded-for");
  });

  it("ends after its time when no answer comes", async () => {
    const { url } = await serve(() => undefined);

    const startedAt = performance.now();
    const result = await call(url, {}, 50);

    expect(codesOf(result)).to.deep.equal(unavailable);
    expect(performance.now() - startedAt).to.be.below(2_000);
    expect(failures).to.have.length(1);
  });

  const strange: [what: string, status: number, body: string][] = [
    ["a page of a proxy", 502, "<html>Bad gateway</html>"],
    ["JSON that is no GraphQL answer", 200, `{"status":"ok"}`],
    ["nothing", 200, ""],
    ["null", 200, "null"],
  ];
  for (const [what, status, body] of strange) {
    it(`takes ${what} for a part that cannot be reached, and shows nothing of it`, async () => {
      const { url } = await serve((_request, response) => void response.writeHead(status).end(body));

      const result = await call(url);

      expect(codesOf(result)).to.deep.equal(unavailable);
      expect(result.errors![0]!.message).to.equal('The part "history" cannot be reached at the moment.');
      expect(result.data).to.deep.equal({ greeting: null });
    });
  }

  it("passes on the code of a part that refuses the request as a whole", async () => {
    const body = `{"errors":[{"message":"No.","extensions":{"code":"FORBIDDEN"}}]}`;
    const { url } = await serve((_request, response) => void response.writeHead(403).end(body));

    expect(codesOf(await call(url))).to.deep.equal([[["greeting"], "FORBIDDEN"]]);
    expect(failures).to.have.length(0);
  });

  /** Answers the first request of each connection, and hangs up on the second. */
  function forgetful(): { listener: RequestListener; requests: () => number } {
    const known = new WeakSet<object>();
    let count = 0;
    const listener: RequestListener = (request, response) => {
      count++;
      if (known.has(request.socket)) return void request.socket.resetAndDestroy();
      known.add(request.socket);
      greeting(request, response);
    };
    return { listener, requests: () => count };
  }

  it("is repeated once when a kept connection turns out to be closed", async () => {
    const { listener, requests } = forgetful();
    const { url } = await serve(listener);
    await call(url);

    expect((await call(url)).data).to.deep.equal({ greeting: "hello" });
    expect(requests()).to.equal(3);
  });

  it("is never repeated when it is a mutation", async () => {
    const { listener, requests } = forgetful();
    const { url } = await serve(listener);
    await call(url);

    const result = await call(url, {
      document: parse("mutation { greeting }"),
      operationType: OperationTypeNode.MUTATION,
    });

    expect(codesOf(result)).to.deep.equal(unavailable);
    expect(requests()).to.equal(2);
  });

  it("ends when the caller hangs up", async () => {
    const abort = new AbortController();
    const { url } = await serve(() => abort.abort());

    expect(codesOf(await call(url, { signal: abort.signal }))).to.deep.equal(unavailable);
  });
});
