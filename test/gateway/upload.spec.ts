import { createHash } from "node:crypto";
import { expect } from "chai";
import { useStreamingUpload } from "../../src/gateway/upload.js";
import { useCsrfPrevention } from "../../src/platform/http/csrf.js";
import { useErrorMasking } from "../../src/platform/http/errors.js";
import { requestFault } from "../../src/platform/http/request-fault.js";
import { useRequestId } from "../../src/platform/http/request-id.js";
import { brake, seen } from "../platform/http/toy-graph.js";
import { answer, ask, codes, type ToyServer, toyServers } from "../platform/http/toy-servers.js";
import {
  boundary,
  drained,
  head,
  type Multipart,
  megabyte,
  open,
  part,
  sumMutation,
  until,
  upload,
} from "./multipart.js";

for (const toy of toyServers) {
  describe(`upload, ${toy.name}`, () => {
    let server: ToyServer;
    const logged: unknown[] = [];
    before(async () => {
      server = await toy.start([
        useRequestId(),
        useErrorMasking({ log: (error) => logged.push(error) }),
        useCsrfPrevention(),
        useStreamingUpload({
          maxFileSize: 64 * megabyte,
          maxFiles: 2,
          authorize(request) {
            if (request.headers.has("x-forbidden")) throw requestFault("BAD_REQUEST", 403, "Not you.");
          },
        }),
      ]);
    });
    beforeEach(() => logged.splice(0));
    after(() => server.close());

    it("streams a file into the resolver, byte for byte", async () => {
      const bytes = Buffer.from(Array.from({ length: 3 * megabyte }, (_, index) => (index * 31) % 256));

      const { status, body } = await upload(server, { files: { 0: new Blob([bytes]) } });

      expect(status).to.equal(200);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(body.data).to.deep.equal({ sum: { filename: "0.csv", bytes: bytes.length, sha256 } });
    });

    it("takes files larger than the 25 MB of yoga, and several in one request", async () => {
      const big = new Blob([Buffer.alloc(40 * megabyte, "x")]);
      const query = "mutation ($files: [Upload!]!) { sumBoth(files: $files) { bytes } }";
      const map = { 0: ["variables.files.0"], 1: ["variables.files.1"] };

      const { body } = await upload(server, {
        query,
        variables: { files: [null, null] },
        map,
        files: { 0: big, 1: new Blob(["ab"]) },
      });

      expect(body.data).to.deep.equal({ sumBoth: [{ bytes: 40 * megabyte }, { bytes: 2 }] });
    });

    it("takes a file inside an input object", async () => {
      const query = "mutation ($input: ImportInput!) { import(input: $input) { bytes } }";

      const { body } = await upload(server, {
        query,
        variables: { input: { file: null } },
        map: { 0: ["variables.input.file"] },
      });

      expect(body.data).to.deep.equal({ import: { bytes: 5 } });
    });

    it("refuses a file over the limit with 413 instead of cutting it silently", async () => {
      const answered = await upload(server, { files: { 0: new Blob([Buffer.alloc(64 * megabyte + 1)]) } });

      expect(answered.status).to.equal(413);
      expect(codes(answered)).to.deep.equal(["PAYLOAD_TOO_LARGE"]);
    });

    it("takes a file of exactly the limit", async () => {
      const { body } = await upload(server, {
        query: "mutation ($file: Upload!) { sum(file: $file) { bytes } }",
        files: { 0: new Blob([Buffer.alloc(64 * megabyte)]) },
      });

      expect(body.data).to.deep.equal({ sum: { bytes: 64 * megabyte } });
    });

    const refused: readonly [what: string, code: string, status: number, request: Multipart][] = [
      ["a query", "MULTIPART_NOT_ALLOWED", 400, { query: "query ($file: String) { hello(name: $file) }" }],
      [
        "a mutation without a file",
        "MULTIPART_NOT_ALLOWED",
        400,
        { query: "mutation ($file: Email) { rename(email: $file) }" },
      ],
      ["a part that is not there", "UPLOAD_FILE_MISSING", 400, { files: {} }],
      ["a part of another name", "UPLOAD_FILE_MISSING", 400, { files: { 7: new Blob(["x"]) } }],
      ["a map to nowhere", "BAD_REQUEST", 400, { map: { 0: ["variables.no.file"] } }],
      ["a map to a prototype", "BAD_REQUEST", 400, { map: { 0: ["variables.__proto__.file"] } }],
      ["more files than allowed", "PAYLOAD_TOO_LARGE", 413, { map: { 0: ["variables.file"], 1: ["a"], 2: ["b"] } }],
      [
        "an invalid operation",
        "GRAPHQL_VALIDATION_FAILED",
        400,
        { query: "mutation ($file: Upload!) { no(file: $file) }" },
      ],
      ["what does not parse", "GRAPHQL_PARSE_FAILED", 400, { query: "mutation (" }],
    ];
    for (const [what, code, status, request] of refused)
      it(`refuses ${what} with ${status}, ${code}`, async () => {
        const answered = await upload(server, { ...request, headers: { accept: "application/graphql-response+json" } });

        expect(codes(answered)).to.deep.equal([code]);
        expect(answered.status).to.equal(status);
        expect(logged).to.deep.equal([]);
      });

    it("refuses bodies that are no GraphQL multipart request with 400", async () => {
      const bodies = [
        "",
        part("map", "{}"),
        part("operations", "{"),
        part("operations", "[]") + part("map", "{}"),
        "junk",
      ];
      const type = `multipart/form-data; boundary=${boundary}`;
      for (const [body, contentType] of [
        ...bodies.map((body) => [`${body}--${boundary}--\r\n`, type]),
        ["x", "multipart/form-data"],
      ]) {
        const headers = { "content-type": contentType!, "x-graphql-csrf": "1" };
        const answered = await answer(await fetch(server.url, { method: "POST", body, headers }));
        expect(codes(answered), body).to.deep.equal(["BAD_REQUEST"]);
        expect(answered.status, body).to.equal(400);
      }
    });

    it("asks for permission, validates and refuses before a byte of the file is read", async () => {
      const before = seen.bytesRead;
      const length = 300 * megabyte;
      const started = performance.now();

      const invalid = open(server, length, head("mutation ($file: Upload!) { no(file: $file) }") + "x".repeat(1_000));
      const reply = await invalid.closed;

      expect(reply)
        .to.match(/^HTTP\/1.1 [24]00 /)
        .and.include("GRAPHQL_VALIDATION_FAILED");
      expect(reply.toLowerCase()).to.include("connection: close");
      expect(performance.now() - started).to.be.lessThan(2_000);
      expect((await upload(server, { headers: { "x-forbidden": "1" } })).status).to.equal(403);
      expect(seen.bytesRead).to.equal(before);
    });

    it("answers a resolver that does not want the file, and hangs up on the sender", async () => {
      const ignoring = open(
        server,
        300 * megabyte,
        head("mutation ($file: Upload!) { ignore(file: $file) }") + "x".repeat(1_000),
      );

      expect(await ignoring.closed).to.include('"ignore":"ignored"');
    });

    it("survives a caller that goes away in the middle, whose resolver gets an error", async () => {
      const before = seen.bytesRead;
      const leaving = open(server, 300 * megabyte, head() + "x".repeat(100_000));
      await until(() => seen.bytesRead > before);

      leaving.socket.destroy();

      await leaving.closed;
      expect((await ask(server, "{ hello }")).status).to.equal(200);
      expect((await upload(server, {})).status).to.equal(200);
    });

    it("says so when the body ends in the middle of the file", async () => {
      const body = `${head()}some bytes`;
      const cut = open(server, Buffer.byteLength(body), body);
      await until(() => cut.socket.bytesRead > 0);
      cut.socket.end();

      expect(await cut.closed).to.include("UPLOAD_INTERRUPTED");
    });

    const brokenHeaders = {
      "a NUL in the file's name": `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="a\0.csv"\r\n\r\nx`,
      "a NUL in the header's name": `--${boundary}\r\ncontent-disp\0osition: form-data; name="0"\r\n\r\nx`,
      "a header without end": `--${boundary}\r\ncontent-disposition: form-data; name="0"; filename="${"a".repeat(100_000)}"\r\n\r\nx`,
    };
    for (const [what, broken] of Object.entries(brokenHeaders)) {
      it(`refuses a part with ${what}, and goes on serving`, async () => {
        const before = head().slice(0, head().lastIndexOf(`--${boundary}`));
        for (const body of [broken, before + broken]) {
          const whole = `${body}\r\n--${boundary}--\r\n`;
          const { socket, closed } = open(server, Buffer.byteLength(whole), whole);
          await until(() => socket.bytesRead > 0);
          socket.end();
          expect(await closed).to.match(/"code":"(BAD_REQUEST|UPLOAD_INTERRUPTED|UPLOAD_FILE_MISSING)"/);
        }

        const { body } = await upload(server, {});
        expect(body.errors).to.equal(undefined);
      });
    }

    it("lets a slow resolver slow the sender down, so that memory stays flat", async () => {
      const { promise, resolve: release } = Promise.withResolvers<void>();
      brake.hold = promise;
      const before = seen.bytesRead;
      const body = head();
      const length = body.length + 50 * megabyte;
      const sender = open(server, length, body);
      let taken = 0;
      const chunk = Buffer.alloc(megabyte);
      while (sender.socket.write(chunk) || (await drained(sender.socket))) taken += chunk.length;
      expect(seen.bytesRead).to.be.greaterThan(before);

      expect(taken).to.be.lessThan(25 * megabyte);

      release();
      delete brake.hold;
      sender.socket.destroy();
    });

    it("needs the CSRF header", async () => {
      const form = new FormData();
      form.set("operations", "{}");
      expect((await fetch(server.url, { method: "POST", body: form })).status).to.equal(403);
    });

    it("refuses what is neither a file nor text, such as a forged promise", async () => {
      const answered = await ask(server, sumMutation, { variables: { file: { promise: "x" } } });

      expect(codes(answered)).to.deep.equal(["BAD_USER_INPUT"]);
    });
  });
}
