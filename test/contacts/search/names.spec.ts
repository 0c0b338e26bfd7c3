import { expect } from "chai";
import fc from "fast-check";
import { useDatabase } from "../../support/database.js";
import { searcher } from "./searcher.js";

describe("searching by name", () => {
  const db = useDatabase();
  const { namesOf, search, walk, refusalsOf } = searcher(db);

  it("finds the words in any order, each at least begun", async () => {
    await db.insertContact({ firstName: "Anna", lastName: "Müllheim" });
    await db.insertContact({ firstName: "Annabelle Zoé", lastName: "Zumüllheim" });

    for (const name of ["anna mullh", "mullheim a", "Müllheim, Anna", "ANNA MÜLLHEIM", "a mullheim"])
      expect(await namesOf({ name }), name).to.deep.equal(["Anna Müllheim"]);
    for (const name of ["zoe annab", "zumull zoe anna"])
      expect(await namesOf({ name }), name).to.deep.equal(["Annabelle Zoé Zumüllheim"]);
    expect(await namesOf({ name: "anna mullh zoe" })).to.deep.equal([]);
  });

  for (const [lastName, wanted] of Object.entries({
    "de la Cruzada": ["de la cruzada", "cruzada", "delacruzada", "la cruz", "cruzada de"],
    "O'Brientown": ["obrientown", "o brientown", "O’Brientown", "brientown"],
    "Martinella-Dupontel": ["martinella dupontel", "dupontel", "martinelladupontel", "Dupontel-Martinella"],
    "van der Weydena": ["weydena", "van weyd", "vanderweydena", "vander weydena"],
    Weißmüllerin: ["weissmullerin", "WEISSMULLERIN"],
    Łukaszewiczowa: ["lukaszewiczowa"],
  })) {
    it(`finds ${lastName} as ${wanted.join(", ")}`, async () => {
      const { opaqueId } = await db.insertContact({ firstName: "Q", lastName });

      for (const name of wanted)
        expect(
          (await search({ name })).nodes.map(({ id }) => id),
          name,
        ).to.deep.equal([opaqueId]);
    });
  }

  it("finds a structure by any of its words", async () => {
    await db.insertContact({ structureName: "Association des Amis de l'Orgue" });

    for (const name of ["orgue", "amis association", "l'orgue", "amis de l"])
      expect(await namesOf({ name }), name).to.deep.equal(["Association des Amis de l'Orgue"]);
  });

  it("puts exact names before begun ones before misspelt ones, and sorts by name among equals", async () => {
    for (const [lastName, firstName] of [
      ["Ravels", "B"],
      ["Ravell", "A"],
      ["Ravelson", "A"],
      ["Ravel", "Zoé"],
      ["Ravel", "Alma"],
      ["Alt", "Ravel"],
      ["Alt-Ravel", "Bo"],
      ["Rawel", "A"],
    ] as const)
      await db.insertContact({ lastName, firstName });

    expect(await namesOf({ text: "Ravel" })).to.deep.equal([
      "Alma Ravel",
      "Zoé Ravel",
      "Ravel Alt",
      "Bo Alt-Ravel",
      "A Ravell",
      "B Ravels",
      "A Ravelson",
      "A Rawel",
    ]);
  });

  it("neither loses nor repeats a contact over pages of any size (property)", async () => {
    const syllables = ["ba", "bal", "bale", "balet", "ballet", "balt", "abel"];
    const person = fc.record({ firstName: fc.constantFrom(...syllables), lastName: fc.constantFrom(...syllables) });
    for (const each of fc.sample(person, { numRuns: 40, seed: 3 })) await db.insertContact(each);
    await db.insertContact({ lastName: "x", email: "bale@example.org" });

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...syllables, "b", "baleet"), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 9 }),
        async (words, first) => {
          const text = words.join(" ");
          const { nodes, totalCount } = await search({ text });
          const whole = nodes.map(({ id }) => id);

          expect(await walk({ text }, first), text).to.deep.equal(whole);
          expect(new Set(whole).size, text).to.equal(totalCount);
        },
      ),
      { numRuns: 40, seed: 5 },
    );
  });

  it("refuses more words than a name has", async () => {
    await search({ name: "a b c d e f g h" });

    for (const filter of [{ name: "a b c d e f g h i" }, { text: "a b c d e f g h i" }])
      expect(await refusalsOf(filter)).to.deep.equal(["BAD_USER_INPUT"]);
  });
});
