import { expect } from "chai";
import { type ReadinessCheck, readinessOf } from "../src/readiness.js";

const check = (name: string, need: ReadinessCheck["need"], ...answers: boolean[]) => {
  let asked = 0;
  const run = async () => answers[Math.min(asked++, answers.length - 1)]!;
  return { name, need, run, asked: () => asked };
};

describe("readiness", () => {
  it("needs what is vital", async () => {
    expect((await readinessOf([check("database", "VITAL", false)])()).isReady).to.equal(false);
  });

  it("does without a part that is down, because the rest still answers (F01)", async () => {
    const { isReady, checks } = await readinessOf([
      check("database", "VITAL", true),
      check("history", "PART", false),
      check("contacts", "PART", true),
    ])();

    expect(isReady).to.equal(true);
    expect(Object.fromEntries(checks)).to.deep.equal({ database: true, history: false, contacts: true });
  });

  it("needs one of the parts", async () => {
    expect((await readinessOf([check("history", "PART", false), check("contacts", "PART", false)])()).isReady).to.equal(
      false,
    );
  });

  it("does without what is shown only, and shows it", async () => {
    const { isReady, checks } = await readinessOf([check("database", "VITAL", true), check("files", "SHOWN", false)])();

    expect(isReady).to.equal(true);
    expect(Object.fromEntries(checks)).to.deep.equal({ database: true, files: false });
  });

  it("takes a check that does not answer for one that failed", async () => {
    const stuck = { name: "database", need: "VITAL" as const, run: () => new Promise<boolean>(() => undefined) };

    expect((await readinessOf([stuck])()).isReady).to.equal(false);
  });

  it("asks once, however many want to know", async () => {
    const database = check("database", "VITAL", true);
    const isReady = readinessOf([database]);

    await Promise.all(Array.from({ length: 50 }, isReady));

    expect(database.asked()).to.equal(1);
  });
});
