import { readFileSync } from "node:fs";
import { expect } from "chai";
import { loadConfig } from "../../src/platform/config.js";
import { requestFaultCodes } from "../../src/platform/http/request-fault.js";
import { Document } from "./document.js";

describe("the guide to the API", () => {
  const guide = new Document("docs/api.md");

  it("tells what to do about each code of a fault", () => {
    const source = readFileSync("src/platform/errors/coded-error.ts", "utf8");
    const codes = [...source.matchAll(/^ {2}\| "(\w+)"/gm)].map(([, code]) => code!);
    expect(codes).to.have.length.above(5);

    const told = guide
      .rowsUnder("Faults")
      .flatMap(([cell]) => cell!.split(", ").map((name) => name.replaceAll("`", "")));

    expect(told).to.include.members([...codes, ...requestFaultCodes]);
  });

  it("names limits that are those of the settings", () => {
    const { maxDepth, maxBatch, maxCost, maxUploadBytes, rateLimitPoints, rateLimitSeconds } = loadConfig({});
    const rows = new Map(guide.rowsUnder("Limits").map(([, shipped, setting]) => [setting, shipped]));
    const numbersOf = (setting: string) =>
      [...rows.get(setting)!.matchAll(/\d[\d,]*/g)].map(([n]) => Number(n.replaceAll(",", "")));

    expect(numbersOf("MAX_DEPTH")).to.deep.equal([maxDepth]);
    expect(numbersOf("MAX_BATCH")).to.deep.equal([maxBatch]);
    expect(numbersOf("MAX_COST")).to.deep.equal([maxCost]);
    expect(numbersOf("MAX_UPLOAD_BYTES")[0]).to.equal(maxUploadBytes);
    expect(rows.get("`RATE_LIMIT_POINTS`, `RATE_LIMIT_SECONDS`") ?? "").to.match(/in \d+ seconds/);
    expect([rateLimitPoints, rateLimitSeconds]).to.deep.equal(numbersOf("`RATE_LIMIT_POINTS`, `RATE_LIMIT_SECONDS`"));
  });
});
