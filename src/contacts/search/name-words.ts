/** Some hundred words, made when they are looked up for the first time: most searches find enough without. */
export type Edits = () => readonly string[];

/** The words of a wanted name, ready for comparing. */
export interface NameWords {
  /** As the database writes names: small letters, no accents, one blank between two words. */
  readonly text: string;
  readonly words: readonly string[];
  /** For each word, what it may be with one typing error. Null for words that are too short. */
  readonly edits: readonly (Edits | null)[];
  /** Index of the word that fewest names have. Says where to begin, never what is found. */
  readonly rarest: number;
  /** What some name in the institution has at all, seen or not: what none has need not be looked for. */
  readonly isWord: readonly boolean[];
  readonly isBegun: readonly boolean[];
  readonly isCompound: boolean;
}

/** More words are not a name. */
export const mostWords = 8;
/** In letters: shorter words are others with one letter changed. */
const shortestMisspelt = 4;
const longestMisspelt = 24;

/** Scripts that names are searched in, after accents were taken away: first and last letter. */
const alphabets: readonly (readonly [string, string])[] = [
  ["a", "z"],
  ["α", "ω"],
  ["а", "я"],
  ["ա", "ֆ"],
  ["א", "ת"],
  ["ا", "ي"],
  ["ა", "ჰ"],
];

/** A text as the database writes names, and what it knows of the words in it. */
export interface PlainText {
  readonly text: string;
  /** How many words of names begin like each of its words; counted up to some number. */
  readonly counts: readonly number[];
  /** Whether a name has the word itself. */
  readonly isWord: readonly boolean[];
  /** Whether a word of a name begins like all words together. */
  readonly isCompound: boolean;
}

export function nameWords({ text, counts, isWord, isCompound }: PlainText): NameWords {
  const words = text.split(" ");
  const byRarity = [...words.keys()].sort(
    (a, b) => (counts[a] ?? 0) - (counts[b] ?? 0) || words[b]!.length - words[a]!.length,
  );
  const isBegun = words.map((_, index) => (counts[index] ?? 0) > 0);
  return { text, words, edits: words.map(editsOf), rarest: byRarity[0]!, isWord, isBegun, isCompound };
}

/** Without those that only go on: they begin with the word. */
function editsOf(word: string): Edits | null {
  if (!mayBeMisspelt(word)) return null;
  let edits: readonly string[] | undefined;
  return () => {
    edits ??= singleEdits(word).filter((edit) => !edit.startsWith(word));
    return edits;
  };
}

function mayBeMisspelt(word: string): boolean {
  const { length } = [...word];
  return /^\p{L}+$/u.test(word) && length >= shortestMisspelt && length <= longestMisspelt;
}

/**
 * Every word that is one typing error away: a letter left out, doubled or added, changed, or two that changed places.
 * Their number is bounded by the word's length: looking each of them up asks no dictionary that would have to be cut off.
 */
export function singleEdits(word: string): readonly string[] {
  if (!mayBeMisspelt(word)) return [];
  const letters = [...word];
  const edits = new Set<string>();
  const alphabet = alphabetOf(letters[0]!);
  for (let at = 0; at <= letters.length; at++) {
    const before = letters.slice(0, at).join("");
    const [letter, next, ...others] = letters.slice(at);
    const rest = letters.slice(at + 1).join("");
    for (const other of alphabet) edits.add(before + other + (letter ?? "") + rest);
    if (letter === undefined) continue;
    edits.add(before + rest);
    for (const other of alphabet) edits.add(before + other + rest);
    if (next !== undefined) edits.add(before + next + letter + others.join(""));
  }
  edits.delete(word);
  return [...edits];
}

function alphabetOf(letter: string): readonly string[] {
  const [first, last] = alphabets.find(([start, end]) => letter >= start && letter <= end) ?? ["a", "z"];
  const start = first.codePointAt(0)!;
  return Array.from({ length: last.codePointAt(0)! - start + 1 }, (_, index) => String.fromCodePoint(start + index));
}
