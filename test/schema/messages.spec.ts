import { globSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { locales } from "../../src/platform/i18n/locale.js";
import { allMessages } from "../../src/platform/i18n/messages.js";

const call = /\bproblem\(\s*"(\w+)"(?:,\s*\[[^\]]*\](?:,\s*\{([^}]*)\})?)?/g;

describe("texts of codes", () => {
  const sources = globSync("src/**/*.ts").map((file) => ({ file, source: readFileSync(file, "utf8") }));
  const messages = allMessages();
  const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

  before(async () => {
    for (const { file } of sources.filter((source) => source.file.endsWith(".messages.ts")))
      await import(`../../${file.replace(/\.ts$/, ".js")}`);
    expect(messages.size).to.be.above(10);
  });

  it("exist for every user error that the sources can answer", () => {
    const missing = sources.flatMap(({ file, source }) =>
      [...source.matchAll(call)].filter(([, code]) => !messages.has(code!)).map(([, code]) => `${file}: ${code}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it("are given what they name", () => {
    const missing = sources.flatMap(({ file, source }) =>
      [...source.matchAll(call)].flatMap(([, code, parameters = ""]) => {
        const given = parameters.split(",").map((parameter) => /^\s*(\w+)/.exec(parameter)?.[1]);
        const named = placeholders(messages.get(code!)?.en ?? "");
        return named.filter((name) => !given.includes(name)).map((name) => `${file}: ${code} {${name}}`);
      }),
    );
    expect(missing).to.deep.equal([]);
  });

  it("say something in each language", () => {
    const silent = [...messages].filter(([, texts]) => locales.some((locale) => !texts[locale]?.trim()));
    expect(silent.map(([code]) => code)).to.deep.equal([]);
  });

  it("differ between the languages", () => {
    const same = [...messages].filter(([, { en, fr, es }]) => en === fr || en === es || fr === es);
    expect(same.map(([code]) => code)).to.deep.equal([]);
  });

  it("have the same placeholders in each language", () => {
    const odd = [...messages].filter(([, { en, fr, es }]) =>
      [fr, es].some((text) => placeholders(text).join() !== placeholders(en).join()),
    );
    expect(odd.map(([code]) => code)).to.deep.equal([]);
  });

  it("are all used by the sources", () => {
    const code = sources
      .filter(({ file }) => !file.endsWith(".messages.ts"))
      .map(({ source }) => source)
      .join("\n");
    expect([...messages.keys()].filter((name) => !new RegExp(`["'\`.]${name}\\b`).test(code))).to.deep.equal([]);
  });
});
