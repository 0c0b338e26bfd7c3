import { expect } from "chai";
import { useStreamingUpload } from "../../src/gateway/upload.js";
import { useCsrfPrevention } from "../../src/platform/http/csrf.js";
import { useErrorMasking } from "../../src/platform/http/errors.js";
import { codes, type ToyServer, toyServers } from "../platform/http/toy-servers.js";
import { megabyte, upload } from "./multipart.js";

for (const toy of toyServers) {
  describe(`upload into a store, ${toy.name}`, () => {
    let server: ToyServer;
    const kept: string[] = [];
    before(async () => {
      const store = async (file: { filename: string; createReadStream(): AsyncIterable<Buffer> }) => {
        let bytes = 0;
        for await (const chunk of file.createReadStream()) bytes += chunk.length;
        kept.push(`${file.filename} ${bytes}`);
        return `stored:${kept.length}`;
      };
      server = await toy.start([
        useErrorMasking({ log: () => undefined }),
        useCsrfPrevention(),
        useStreamingUpload({ store, maxFileSize: 5 * megabyte }),
      ]);
    });
    beforeEach(() => kept.splice(0));
    after(() => server.close());
    const query = "mutation ($file: Upload!) { reference(file: $file) }";

    it("puts the file there before execution and passes its reference on", async () => {
      const { body } = await upload(server, { query, files: { 0: new Blob([Buffer.alloc(3 * megabyte)]) } });

      expect(body.data).to.deep.equal({ reference: '"stored:1"' });
      expect(kept).to.deep.equal([`0.csv ${3 * megabyte}`]);
    });

    it("stores nothing for an operation that is refused", async () => {
      await upload(server, { query: "mutation ($file: Upload!) { no(file: $file) }" });
      await upload(server, { query: "query ($file: String) { hello(name: $file) }" });

      expect(kept).to.deep.equal([]);
    });

    it("refuses what is too large, and a missing file, as without a store", async () => {
      const large = await upload(server, { query, files: { 0: new Blob([Buffer.alloc(6 * megabyte)]) } });
      const missing = await upload(server, { query, files: {} });

      expect([large.status, missing.status]).to.deep.equal([413, 400]);
      expect([codes(large), codes(missing)]).to.deep.equal([["PAYLOAD_TOO_LARGE"], ["UPLOAD_FILE_MISSING"]]);
    });
  });
}
