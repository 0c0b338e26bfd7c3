import { expect } from "chai";
import { readinessOf } from "../src/readiness.js";

const check = (name: string, isVital: boolean, ...answers: boolean[]) => {
  let asked = 0;
  const run = async () => answers[Math.min(asked++, answers.length - 1)]!;
  return { name, isVital, run, asked: () => asked };
};

describe("readiness", () => {
  it("needs what is vital", async () => {
    expect((await readinessOf([check("database", true, false)])()).isReady).to.equal(false);
  });

  it("does without a part that is down, because the rest still answers (F01)", async () => {
    const { isReady, checks } = await readinessOf([
      check("database", true, true),
      check("history", false, false),
      check("contacts", false, true),
    ])();

    expect(isReady).to.equal(true);
    expect(Object.fromEntries(checks)).to.deep.equal({ database: true, history: false, contacts: true });
  });

  it("needs one of the parts", async () => {
    expect((await readinessOf([check("history", false, false), check("contacts", false, false)])()).isReady).to.equal(
      false,
    );
  });

  it("takes a check that does not answer for one that failed", async () => {
    const stuck = { name: "database", isVital: true, run: () => new Promise<boolean>(() => undefined) };

    expect((await readinessOf([stuck])()).isReady).to.equal(false);
  });

  it("asks once, however many want to know", async () => {
    const database = check("database", true, true);
    const isReady = readinessOf([database]);

    await Promise.all(Array.from({ length: 50 }, isReady));

    expect(database.asked()).to.equal(1);
  });
});
