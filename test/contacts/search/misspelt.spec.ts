import { expect } from "chai";
import fc from "fast-check";
import { singleEdits } from "../../../src/contacts/search/name-words.js";
import { useDatabase } from "../../support/database.js";
import { searcher } from "./searcher.js";

const letters = [..."abcdefghijklmnopqrstuvwxyz"];

interface Slip {
  readonly kind: "left out" | "added" | "changed" | "swapped";
  readonly at: number;
  readonly letter: string;
}

/** A word of at least four letters with one typing error. */
function misspell(word: string, { kind, at, letter }: Slip): string {
  const place = at % word.length;
  if (kind === "added") return word.slice(0, place) + letter + word.slice(place);
  if (kind === "changed") return word.slice(0, place) + letter + word.slice(place + 1);
  if (kind === "left out") return word.slice(0, place) + word.slice(place + 1);
  const from = place % (word.length - 1);
  return word.slice(0, from) + word[from + 1] + word[from] + word.slice(from + 2);
}

const slip = fc.record<Slip>({
  kind: fc.constantFrom("left out", "added", "changed", "swapped"),
  at: fc.nat({ max: 30 }),
  letter: fc.constantFrom(...letters),
});

describe("misspelt names", () => {
  const db = useDatabase();
  const { namesOf, search, reader } = searcher(db);

  it("are found with any one typing error in a word of four letters or more (property)", async () => {
    const people = ["Ottoline Zwyssig", "Beat Hürlimann", "Ana de Figueiredo"];
    for (const name of people) {
      const [firstName, ...others] = name.split(" ");
      await db.insertContact({ firstName: firstName!, lastName: others.join(" ") });
    }

    await fc.assert(
      fc.asyncProperty(fc.constantFrom("zwyssig", "hurlimann", "beat", "figueiredo"), slip, async (word, made) => {
        const name = misspell(word, made);
        fc.pre(name.length >= 4);
        const found = (await namesOf({ name })).map((each) =>
          each.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
        );

        expect(
          found.some((each) => each.includes(word)),
          `${name} finds ${word}`,
        ).to.equal(true);
      }),
      { numRuns: 120, seed: 7 },
    );
    expect(await namesOf({ name: "zwysisg ottolin" })).to.deep.equal(["Ottoline Zwyssig"]);
  });

  it("are not found with two errors in a word, nor in words of fewer than four letters", async () => {
    await db.insertContact({ firstName: "Ivo", lastName: "Kranzfelder" });

    expect(await namesOf({ name: "kranzfelter" })).to.have.lengthOf(1);
    for (const name of ["kranzfletter", "krnzfelter", "iva", "ovi"])
      expect(await namesOf({ name }), name).to.deep.equal([]);
  });

  it("are looked up as every word that is one error away, and no other", () => {
    const edits = singleEdits("anna");

    expect(edits).to.include.members(["ana", "nna", "nana", "anan", "hanna", "annas", "anne", "annna"]);
    expect(edits).not.to.include("anna");
    expect(new Set(edits).size).to.equal(edits.length);
    expect(singleEdits("ana")).to.deep.equal([]);
    expect(singleEdits("анна")).to.include("анны");
    expect(singleEdits("x".repeat(25))).to.deep.equal([]);
  });

  it("come in front of the name first, then in front of the first name, then elsewhere, each in order and page by page", async () => {
    for (const [firstName, lastName] of [
      ["Zora", "Mirandolo"],
      ["Mirandolo", "Abel"],
      ["Ada", "Bell-Mirandola"],
      ["Carl", "Mirandolas"],
      ["Bea", "Mirandola"],
      ["Mirandola", "Mirandolo"],
    ] as const)
      await db.insertContact({ firstName, lastName });
    const expected = ["Bea Mirandola", "Mirandola Mirandolo", "Zora Mirandolo", "Mirandolo Abel", "Ada Bell-Mirandola"];

    expect(await namesOf({ text: "mirandolu" })).to.deep.equal(expected);
    expect((await search({ text: "mirandolu" })).totalCount).to.equal(expected.length);
    const first = await search({ text: "mirandolu" }, reader(), { first: 2 });
    const second = await search({ text: "mirandolu" }, reader(), { first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ displayName }) => displayName)).to.deep.equal(expected);
  });

  it("of people who are hidden change no answer, count or cursor (F05, property)", async () => {
    const seen = ["Wandelbar", "Wandelhof", "Wandel"];
    for (const lastName of seen) await db.insertContact({ lastName });
    const wanted = ["wandel", "wandelbra", "wandlhof", "wan", "w", "andel", "wandel x"];
    const answers = () => Promise.all(wanted.map((text) => search({ text }, reader(), { first: 2 })));
    const before = await answers();

    for (const [index, edit] of singleEdits("wandel")
      .filter((_, at) => at % 9 === 0)
      .entries())
      await db.insertContact({ lastName: edit, email: `${edit}@x.example`, level: index % 2 === 0 ? 1 : 2 });

    expect(await answers()).to.deep.equal(before);
  });

  it("show a contact who calls nobody but himself", async () => {
    const own = await db.insertContact({ firstName: "Selma", lastName: "Quastenberg" });
    await db.insertContact({ firstName: "Selma", lastName: "Quastenburg" });
    const caller = reader({ kind: "CONTACT", ownContactId: own.id });

    for (const text of ["quastenberg", "quastenburg", "quasten", "selma", "selme"])
      expect(await namesOf({ text }, caller), text).to.deep.equal(["Selma Quastenberg"]);
    expect((await search({ text: "quasten" }, caller)).totalCount).to.equal(1);
  });
});
