import { text as textOf } from "node:stream/consumers";
import { promisify } from "node:util";
import { expect } from "chai";
import fc from "fast-check";
import yauzl from "yauzl";
import { Packer } from "../../../src/platform/zip/packer.js";
import { dataDescriptor, directory, localHeader, type ZipMember } from "../../../src/platform/zip/zip-format.js";

describe("zips that are packed member by member", () => {
  const at = new Date("2026-03-10T09:00:02Z");

  async function packed(files: ReadonlyMap<string, readonly string[]>): Promise<Buffer> {
    const [pieces, members]: [Buffer[], ZipMember[]] = [[], []];
    for (const [name, texts] of files) {
      const packer = new Packer(1);
      pieces.push(localHeader({ name, at }));
      for (const text of texts) pieces.push(...(await packer.write(text)));
      pieces.push(...(await packer.end()), dataDescriptor(packer.member));
      members.push({ name, at, ...packer.member });
    }
    return Buffer.concat([...pieces, directory(members)]);
  }

  async function read(zip: Buffer): Promise<Map<string, string>> {
    const opened = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(zip, {
      ...{ lazyEntries: true, validateEntrySizes: true },
    });
    const files = new Map<string, string>();
    const open = promisify(opened.openReadStream.bind(opened)) as (
      entry: yauzl.Entry,
    ) => Promise<NodeJS.ReadableStream>;
    for (let left = opened.entryCount; left > 0; left--) {
      const entry = await new Promise<yauzl.Entry>((resolve, reject) => {
        opened.once("entry", resolve).once("error", reject);
        opened.readEntry();
      });
      expect(entry.getLastModDate({ timezone: "UTC" }).toISOString()).to.equal(at.toISOString());
      files.set(entry.fileName, await textOf(await open(entry)));
    }
    return files;
  }

  it("hold what was put in, whatever that is", async () => {
    const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: "grapheme", maxLength: 2_000 })), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (one, other) => {
        const files = new Map([
          ["one.txt", one],
          ["zweite-Dätei.csv", other],
        ]);

        const found = await read(await packed(files));

        expect([...found]).to.deep.equal([...files].map(([name, each]) => [name, each.join("")]));
      }),
      { numRuns: 40 },
    );
  });

  it("hold texts of any length, and no character is cut in two where one piece ends and the next begins", async () => {
    const files = new Map(
      ["", "a", "ab", "abc"].map((start) => [
        `${start}.txt`,
        [start, "\u{1F3AD}é".repeat(150_000), "x".repeat(300_000)],
      ]),
    );

    const found = await read(await packed(files));

    for (const [name, texts] of files) expect(found.get(name) === texts.join(""), name).to.equal(true);
  });

  it("refuse what their form does not hold, instead of writing it down wrong", () => {
    const big = { name: "a", at, crc32: 0, size: 2 ** 32, packedSize: 10 };

    expect(() => dataDescriptor(big)).to.throw(RangeError);
    expect(() => directory([{ ...big, size: 1, packedSize: 2 ** 32 }, big])).to.throw(RangeError);
  });
});
