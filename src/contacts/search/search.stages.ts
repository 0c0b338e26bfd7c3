import type { Planning } from "../../platform/database/sql.js";
import type { StatementValues as Values } from "../../platform/database/statement-values.js";
import type { NameWords } from "./name-words.js";
import {
  base,
  type Fit,
  fits,
  hasCompound,
  hasWords,
  isIdentifiedBy,
  nameIs,
  nameStartsWith,
  startsWith,
} from "./search.conditions.js";
import type { Search } from "./search.terms.js";

/** Made when it is needed: most searches fill their page with the first stages. */
type Text = () => string;

/**
 * One degree of relevance. A contact belongs to the first stage whose condition it meets, and stages follow each other
 * in a list: most are read in the order of an index, so that a page costs as much as its rows.
 */
export interface Stage {
  /** Its number in cursors: never changes for the same search. */
  readonly rank: number;
  /** Stages of one wave are one statement. */
  readonly wave: number;
  /** What is sorted by, before the id. */
  readonly sortKey: string;
  /** Names are found by the same way whatever they are, filters are not. */
  readonly planning: Planning;
  /** FROM and WHERE, `c` the contact. */
  readonly source: Text;
  /** The place of a list of words: the stage is read for each, and `source` compares with `known.word`. */
  readonly eachWord?: Text;
  /** Conditions that keep out the contacts of earlier stages. */
  readonly without: () => readonly string[];
  /** Earlier stages whose contacts all meet this one's condition too. */
  readonly covers?: readonly number[];
}

/** A stage before it is known what stands in front of it. */
interface Draft extends Omit<Stage, "without" | "planning"> {
  /** The condition of a contact for the stage, whatever earlier ones say. */
  readonly isMetBy: Text;
}

const contacts = "contacts.contact c";
const inOrder = "c.search_name";
const firstInOrder = "c.search_first_name";
/** The same, but not as an index has it: reading all names in order until enough of them fit is no way to find few. */
const sorted = `(c.search_name || '') COLLATE "C"`;
const nameless = `''::text COLLATE "C"`;

/** The last stage that is read in front of names and addresses, in the order of an index. Behind it pages are rare. */
const lastInFront = 6;

/** A word of one letter begins too many names to look for it anywhere but in front. */
const shortestBegun = 2;

/** The stages of a search in their order. None when nothing is asked for that the caller may search by. */
export function stagesOf(search: Search, values: Values): Stage[] {
  const every = base(search, values);
  const drafts = search.wanted ? rankedStages(search, every, values) : [plainStage(search, every)];
  const planning = planningOf(search);
  return drafts.map((draft, index) => {
    // planning for nothing costs more than a round trip; a kept plan costs little
    const wave = planning === "KEPT" ? Number(draft.rank > lastInFront) : draft.wave;
    return { ...draft, wave, planning, without: () => exclusions(drafts.slice(0, index)) };
  });
}

/** What one index finds, it finds in the same way for all values. */
function planningOf({ filters, wanted }: Search): Planning {
  const { criteria, contactNumber, referenceCode, ...others } = filters;
  const isOneOf = contactNumber !== null || referenceCode !== null;
  const isFiltered = criteria.length > 0 || Object.values(others).some((filter) => filter !== null);
  return isFiltered || !(wanted || isOneOf) ? "BY_VALUES" : "KEPT";
}

function exclusions(earlier: readonly Draft[]): string[] {
  const covered = new Set(earlier.flatMap(({ covers = [] }) => covers));
  return earlier.filter(({ rank }) => !covered.has(rank)).map(({ isMetBy }) => `(${isMetBy()}) IS NOT TRUE`);
}

/** All that meet the filters: many are read in their order, few are sorted. */
function plainStage({ filters, byName }: Search, every: string): Draft {
  const areFew = filters.contactNumber !== null || filters.referenceCode !== null || filters.phoneKeys !== null;
  const sortKey = byName ? (areFew ? sorted : inOrder) : nameless;
  return { rank: 0, wave: 0, sortKey, isMetBy: () => every, source: () => `${contacts} WHERE ${every}` };
}

function rankedStages(search: Search, every: string, values: Values): Draft[] {
  const { wanted, byName } = search;
  const { name, email } = wanted!;
  const identified = isIdentifiedBy(wanted!, values);
  const simple = (condition: string) => ({
    isMetBy: () => condition,
    source: () => `${contacts} WHERE ${condition} AND ${every}`,
  });
  const drafts: Draft[] = [
    ...(identified ? [{ rank: 0, wave: 0, sortKey: byName ? sorted : nameless, ...simple(identified) }] : []),
    ...(name ? nameStages(name, every, values, planningOf(search)) : []),
    ...(email === null
      ? []
      : [{ rank: 6, wave: 1, sortKey: "c.email_key", ...simple(startsWith("c.email_key", email, values)) }]),
  ].sort((a, b) => a.rank - b.rank);
  // without exact names, the first wave has room for what is begun
  return name?.isWord.every(Boolean) ? drafts : drafts.map((draft) => ({ ...draft, wave: Math.max(draft.wave, 1) }));
}

/** Exact names before begun ones before misspelt ones, and what is in front of a name before what is elsewhere in it. */
function nameStages(name: NameWords, every: string, values: Values, planning: Planning): Draft[] {
  const inFront = (rank: number, sortKey: string, isMetBy: string, covers: readonly number[] = []): Draft => ({
    ...{ rank, wave: rank < 3 ? 0 : 1, sortKey, isMetBy: () => isMetBy, covers },
    source: () => `${contacts} WHERE ${isMetBy} AND ${every}`,
  });
  const anywhereIn = (rank: number, wave: number, fit: Fit, covers: readonly number[] = []): Draft => ({
    ...{ rank, wave, sortKey: sorted, covers },
    isMetBy: () => isAnywhere(name, fit, values),
    source: () => anywhere(name, fit, every, values),
  });
  const [last, first] = [inOrder, firstInOrder];
  const [isExact, isBegun] = [name.isWord.every(Boolean), name.isBegun.every(Boolean)];
  const hasLongWord = name.words.some(({ length }) => length >= shortestBegun);
  const mayBeMisspelt = name.edits.some((edits) => edits !== null);
  const isMisspelt = name.words.every((_, index) => name.isBegun[index] || name.edits[index] !== null);
  const exact = [
    inFront(1, last, nameIs(last, name, values)),
    inFront(2, first, nameIs(first, name, values)),
    anywhereIn(3, 1, "exact"),
  ];
  const begun = [
    inFront(4, last, nameStartsWith(last, name, values), [1]),
    inFront(5, first, nameStartsWith(first, name, values), [2]),
  ];
  return [
    ...(isExact ? exact : []),
    ...(isBegun ? begun : []),
    ...(hasLongWord && (isBegun || name.isCompound) ? [anywhereIn(7, 2, "begun", [1, 2, 3, 4, 5])] : []),
    ...(mayBeMisspelt && isMisspelt ? misspelt(name, every, values, planning) : []),
  ].map((draft) => (draft.rank > 7 && !isBegun ? { ...draft, wave: 1 } : draft));
}

/**
 * A name of one word may be in front of very many names: they are read in order, for each word that it may be. What
 * other filters leave is little, and sorted.
 */
function misspelt(name: NameWords, every: string, values: Values, planning: Planning): Draft[] {
  const anywhereElse: Draft = {
    ...{ rank: 10, wave: 3, sortKey: sorted, covers: [8, 9] },
    isMetBy: () => isAnywhere(name, "misspelt", values),
    source: () => anywhere(name, "misspelt", every, values),
  };
  const edits = name.edits[0];
  if (name.words.length > 1 || !edits || planning === "BY_VALUES") return [anywhereElse];
  const eachWord = () => values.add(edits(), "text[]");
  const inFront = (rank: number, column: string): Draft => ({
    ...{ rank, wave: 3, sortKey: column, eachWord },
    isMetBy: () => `split_part(${column}, ' ', 1) = ANY(${eachWord()})`,
    source: () =>
      `${contacts} WHERE ${column} >= known.word COLLATE "C" AND ${column} < (known.word || '!') COLLATE "C" AND ${every}`,
  });
  return [inFront(8, inOrder), inFront(9, firstInOrder), anywhereElse];
}

function isAnywhere(name: NameWords, fit: Fit, values: Values): string {
  const hasAll = hasWords(name, fit, values);
  return fit === "begun" ? `(${hasAll} OR ${hasCompound(name, values)})` : hasAll;
}

/** Contacts with all words, in any order: those with the rarest are asked for the others. */
function anywhere(name: NameWords, fit: Fit, every: string, values: Values): string {
  const { rarest, edits, text } = name;
  const withRarest = (condition: string) =>
    `SELECT DISTINCT d.contact_id FROM contacts.contact_word d WHERE d.institution_id = $1 AND ${condition}`;
  const others = hasWords(name, fit, values, rarest);
  const misspelt = fit === "misspelt" ? edits[rarest] : null;
  const isCompound = fit === "begun" && name.words.length > 1 && name.isCompound;
  const sources = [
    ...(misspelt && !name.isBegun[rarest]
      ? []
      : [fits("d.word", name, rarest, fit === "exact" ? fit : "begun", values)]),
    ...(misspelt ? [`d.word = ANY(${values.add(misspelt(), "text[]")})`] : []),
    ...(isCompound ? [startsWith("d.word", text.replaceAll(" ", ""), values)] : []),
  ].map(withRarest);
  const condition = isCompound ? `(${others} OR ${hasCompound(name, values)})` : others;
  return `(${sources.join(" UNION ")}) found JOIN ${contacts} ON c.institution_id = $1 AND c.id = found.contact_id
    WHERE ${condition} AND ${every}`;
}
