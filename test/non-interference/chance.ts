import fc from "fast-check";

/** `npm run test:non-interference -- --deep` asks far more, and each time something else. */
export const isDeep = process.argv.includes("--deep");

/** The same in every run, so that a red test stays red; in a deep run a new one, which a failure names. */
export const seed = isDeep ? Number(process.env.NON_INTERFERENCE_SEED ?? Math.floor(Math.random() * 2 ** 31)) : 1;

/** Some of the items, in their order. The same ones for the same label and seed. */
export function some<Item>(label: string, items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  const arbitrary = fc.shuffledSubarray([...items.keys()], { minLength: count, maxLength: count });
  const [indexes] = fc.sample(arbitrary, { seed: seed + hash(label), numRuns: 1 });
  return indexes!.sort((a, b) => a - b).map((index) => items[index]!);
}

/** Chooses among items again and again; the same ones for the same label and seed. */
export function choices(label: string): <Item>(items: readonly Item[]) => Item {
  const [tape] = fc.sample(fc.infiniteStream(fc.nat()), { seed: seed + hash(label), numRuns: 1 });
  return (items) => items[tape!.next().value! % items.length]!;
}

function hash(text: string): number {
  let value = 7;
  for (const character of text) value = (value * 31 + character.codePointAt(0)!) % 1_000_003;
  return value;
}
