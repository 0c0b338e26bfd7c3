import { expect } from "chai";
import { readWish } from "../../bench/harness/command-line.js";
import { StartupError } from "../../src/platform/errors/startup-error.js";

describe("the bench's command line", () => {
  it("takes a name, a scale, a number of rounds and the wish for JSON", () => {
    const wish = readWish(["contact-file", "--scale", "200", "--rounds", "3", "--json"]);

    expect(wish).to.deep.equal({ bench: "contact-file", scale: 200, rounds: 3, json: true });
  });

  it("leaves the scale to the bench", () => {
    expect(readWish(["contact-file"])).to.deep.include({ bench: "contact-file", scale: null, json: false });
  });

  it("lists the benches when none is named, or help is asked for", () => {
    expect(readWish([]).bench).to.equal(null);
    expect(readWish(["contact-file", "--help"]).bench).to.equal(null);
  });

  for (const words of [["--scale", "0"], ["--scale", "1e3"], ["--rounds", "-1"], ["a", "b"], ["--fast"]])
    it(`refuses ${words.join(" ")} in one line`, () => {
      expect(() => readWish(words))
        .to.throw(StartupError)
        .with.property("message")
        .that.matches(/--help`\.$/);
    });
});
