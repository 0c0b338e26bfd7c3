import { expect } from "chai";
import { serverAudits } from "graphql-http";
import { useGraphiqlPage } from "../../src/gateway/graphiql.js";
import { useStreamingUpload } from "../../src/gateway/upload.js";
import { useCors } from "../../src/platform/http/cors.js";
import { useOperationCost } from "../../src/platform/http/cost.js";
import { useCsrfPrevention } from "../../src/platform/http/csrf.js";
import { useDocumentLimits } from "../../src/platform/http/document-limits.js";
import { useErrorMasking } from "../../src/platform/http/errors.js";
import { useRateLimit } from "../../src/platform/http/rate-limit.js";
import { useRequestId } from "../../src/platform/http/request-id.js";
import { type ToyServer, toyServers } from "../platform/http/toy-servers.js";

const allPlugins = () => [
  useRequestId(),
  useErrorMasking({ log: () => undefined }),
  useCors(["https://office.example"]),
  useGraphiqlPage(),
  useCsrfPrevention(),
  useStreamingUpload(),
  useDocumentLimits(),
  useOperationCost(),
  useRateLimit({ key: () => "caller" }),
];

for (const toy of toyServers) {
  describe(`GraphQL over HTTP, ${toy.name} with all plugins`, () => {
    let server: ToyServer;
    before(async () => {
      server = await toy.start(allPlugins());
    });
    after(() => server.close());

    // The audits know nothing of our CSRF rule, which asks a header of GET.
    const fetchFn = (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), "x-graphql-csrf": "1" } });

    for (const audit of serverAudits({ url: () => server.url, fetchFn })) {
      it(`${audit.name} [${audit.id}]`, async () => {
        const result = await audit.fn();

        if (result.status !== "ok") expect.fail(`${result.status}: ${result.reason}`);
      });
    }
  });
}
