import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { useDatabase } from "../../support/database.js";
import { authorizationsOf, contactWith } from "./keyed/authorization-rows.js";
import { ImportDesk } from "./keyed/desk.js";
import { forged, renamed, uint16, uint32, zipOf } from "./zips.js";

const header = "contactId;[old]SMS;[new]SMS\r\n";
const mebibyte = 1024 ** 2;

describe("zips in imports (6.3, R47 to R49)", () => {
  const db = useDatabase();
  const desk = new ImportDesk(db);

  desk.openDuringTests();

  const row = async () => {
    const contact = await contactWith(db, {});
    return { contact, csv: `${header}${contact.opaqueId};Empty;TRUE\r\n` };
  };

  it("are read as the one CSV in them (R47)", async () => {
    const { contact, csv } = await row();

    const report = await desk.import(await zipOf({ "criteria_x.csv": csv }));

    expect(report.rows.map(({ outcome }) => outcome)).to.deep.equal(["UPDATED"]);
    expect(await authorizationsOf(db, contact)).to.include({ SMS: "TRUE" });
  });

  it("may hold a folder, what macOS and Windows add, and a name in capitals", async () => {
    const { csv } = await row();
    const files = { "sent/": "", "sent/FILE.CSV": csv, "__MACOSX/sent/._FILE.CSV": "x", "sent/.DS_Store": "x" };

    expect((await desk.import(await zipOf(files))).counters).to.include({ updated: 1 });
  });

  const refused: [string, () => Promise<Buffer>, string][] = [
    ["two CSVs (R48)", () => zipOf({ "a.csv": header, "b.csv": header }), "ZIP_NOT_SINGLE_CSV"],
    ["nothing", () => zipOf({}), "ZIP_NOT_SINGLE_CSV"],
    ["only folders", () => zipOf({ "a/": "", "b/": "" }), "ZIP_NOT_SINGLE_CSV"],
    ["a text", () => zipOf({ "a.txt": header }), "ZIP_NOT_SINGLE_CSV"],
    ["another zip", async () => zipOf({ "a.zip": await zipOf({ "a.csv": header }) }), "ZIP_NOT_SINGLE_CSV"],
    [
      "another zip that is called a CSV",
      async () => zipOf({ "a.csv": await zipOf({ "a.csv": header }) }),
      "FILE_NOT_CSV",
    ],
    [
      "a name that leads out",
      async () => renamed(await zipOf({ "aa/x.csv": header }), "aa/x.csv", "../x.csv"),
      "ZIP_NOT_SINGLE_CSV",
    ],
    [
      "a name from the root",
      async () => renamed(await zipOf({ "a/x.csv": header }), "a/x.csv", "/tx.csv"),
      "ZIP_NOT_SINGLE_CSV",
    ],
    [
      "an encrypted entry",
      async () => forged(await zipOf({ "x.csv": header }), [8, uint16(0x801)]),
      "ZIP_NOT_SINGLE_CSV",
    ],
    [
      "an unknown way of packing",
      async () => forged(await zipOf({ "x.csv": header }), [10, uint16(97)]),
      "ZIP_NOT_SINGLE_CSV",
    ],
    [
      "a thousand entries",
      () => zipOf(Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`d${n}/`, ""]))),
      "ZIP_NOT_SINGLE_CSV",
    ],
    ["a workbook (R49)", () => zipOf({ "[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>" }), "FILE_NOT_CSV"],
    [
      "an OpenDocument sheet",
      () => zipOf({ mimetype: "application/vnd.oasis", "content.xml": "<x/>" }),
      "FILE_NOT_CSV",
    ],
    ["half of a zip", async () => (await zipOf({ "x.csv": header.repeat(99) })).subarray(0, 60), "FILE_NOT_CSV"],
    ["a bomb", () => zipOf({ "x.csv": header + `Q29udGFjdDoxMQ;;T\r\n`.repeat(6 * mebibyte) }), "ZIP_RATIO_TOO_HIGH"],
    [
      "a bomb that says it has four gigabytes",
      async () => forged(await zipOf({ "x.csv": header }), [24, uint32(2 ** 32 - 2)]),
      "ZIP_RATIO_TOO_HIGH",
    ],
    [
      "a bomb that says it is small",
      async () => forged(await zipOf({ "x.csv": header.repeat(mebibyte) }), [24, uint32(100)]),
      "ZIP_BROKEN",
    ],
    [
      "another content than it says",
      async () => forged(await zipOf({ "x.csv": header }), [16, uint32(1)]),
      "ZIP_BROKEN",
    ],
  ];
  for (const [what, make, code] of refused) {
    it(`refuse ${what}`, async () => {
      const report = await desk.import(await make());

      expect([report.status, report.fileError?.code]).to.deep.equal(["FAILED", code]);
      expect(report.fileError!.message).to.match(/^[A-Z].+\.$/);
      expect(report.rows).to.deep.equal([]);
    });
  }

  it("say of one that is packed too well how much it may unpack to", async () => {
    const bomb = await zipOf({ "x.csv": header + `Q29udGFjdDoxMQ;;T\r\n`.repeat(6 * mebibyte) });

    const { fileError } = await desk.import(bomb, { as: { login: "anne", clearance: 2, locale: "fr" } });

    expect(fileError!.message).to.include("dépasse 250 fois sa taille");
  });

  for (const [what, content, code] of [
    ["one line of 64 MiB", () => Buffer.alloc(64 * mebibyte, "x"), "ROW_TOO_LONG"],
    ["a million columns", () => Buffer.alloc(mebibyte - 10, ";x"), "TOO_MANY_COLUMNS"],
    ["noise", () => randomBytes(mebibyte), "FILE_NOT_CSV"],
    ["a quote that never closes", () => Buffer.from(`${header}"${"x\r\n".repeat(2 * mebibyte)}`), "QUOTE_NOT_CLOSED"],
  ] as const) {
    it(`refuse in a zip what they refuse without: ${what}`, async () => {
      const bare = await desk.import(content());
      const zipped = await desk.import(await zipOf({ "x.csv": content() }));

      expect([bare.fileError?.code, zipped.fileError?.code]).to.deep.equal([code, code]);
    });
  }
});
