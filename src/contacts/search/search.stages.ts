import type { Planning } from "../../platform/database/sql.js";
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
  type Values,
} from "./search.conditions.js";
import type { Search } from "./search.terms.js";

/**
 * One degree of relevance. A contact belongs to the first stage whose condition it meets, and stages follow each other
 * in a list: most are read in the order of an index, so that a page costs as much as its rows.
 */
export interface Stage {
  /** Its number in cursors: never changes for the same search. */
  readonly rank: number;
  /** Stages of one wave are asked at once. */
  readonly wave: number;
  /** What is sorted by, before the id. */
  readonly sortKey: string;
  /** Names are found by the same way whatever they are, filters are not. */
  readonly planning: Planning;
  /** FROM and WHERE, `c` the contact. */
  readonly source: string;
  /** Conditions that keep out the contacts of earlier stages. */
  readonly without: readonly string[];
}

/** A stage before it is known what stands in front of it. */
interface Draft extends Omit<Stage, "without" | "planning"> {
  /** The condition of a contact for the stage, whatever earlier ones say. */
  readonly isMetBy: string;
  /** Earlier stages whose contacts all meet this one's condition too. */
  readonly covers?: readonly number[];
}

const contacts = "contacts.contact c";
const byName = "c.search_name";
/** The same, but not as an index has it: reading all names in order until enough of them fit is no way to find few. */
const sorted = `(c.search_name || '') COLLATE "C"`;

/** A word of one letter begins too many names to look for it anywhere but in front. */
const shortestBegun = 2;

/** The stages of a search in their order. None when nothing is asked for that the caller may search by. */
export function stagesOf(search: Search, values: Values): Stage[] {
  const { wanted } = search;
  const sortKey = search.byName ? byName : `''::text COLLATE "C"`;
  const every = base(search, values);
  if (!wanted)
    return [{ rank: 0, wave: 0, sortKey, planning: "BY_VALUES", source: `${contacts} WHERE ${every}`, without: [] }];
  const identified = isIdentifiedBy(wanted, values);
  const simple = (condition: string) => ({ isMetBy: condition, source: `${contacts} WHERE ${condition} AND ${every}` });
  const drafts: Draft[] = [
    ...(identified ? [{ rank: 0, wave: 0, sortKey, ...simple(identified) }] : []),
    ...(wanted.name ? nameStages(wanted.name, every, values) : []),
  ];
  if (wanted.email !== null) {
    const begun = simple(startsWith("c.email_key", wanted.email, values));
    drafts.push({ rank: 6, wave: 1, sortKey: "c.email_key", ...begun });
  }
  drafts.sort((a, b) => a.rank - b.rank);
  const { criteria, ...filters } = search.filters;
  const isFiltered = criteria.length > 0 || Object.values(filters).some((filter) => filter !== null);
  const planning = isFiltered ? "BY_VALUES" : "KEPT";
  return drafts.map((draft, index) => ({ ...draft, planning, without: exclusions(drafts.slice(0, index)) }));
}

function exclusions(earlier: readonly Draft[]): string[] {
  const covered = new Set(earlier.flatMap(({ covers = [] }) => covers));
  return earlier.filter(({ rank }) => !covered.has(rank)).map(({ isMetBy }) => `(${isMetBy}) IS NOT TRUE`);
}

/** Exact names before begun ones before misspelt ones, and what is in front of a name before what is elsewhere in it. */
function nameStages(name: NameWords, every: string, values: Values): Draft[] {
  const inFront = (rank: number, sortKey: string, isMetBy: string, covers: readonly number[] = []): Draft => ({
    ...{ rank, wave: rank < 3 ? 0 : 1, sortKey, isMetBy, covers },
    source: `${contacts} WHERE ${isMetBy} AND ${every}`,
  });
  const anywhereIn = (
    rank: number,
    wave: number,
    fit: Fit,
    isMetBy: string,
    covers: readonly number[] = [],
  ): Draft => ({
    ...{ rank, wave, sortKey: sorted, isMetBy, covers },
    source: anywhere(name, fit, every, values),
  });
  const [last, first] = [byName, "c.search_first_name"];
  const isBegun = `(${hasWords(name, "begun", values)} OR ${hasCompound(name, values)})`;
  const drafts = [
    inFront(1, last, nameIs(last, name, values)),
    inFront(2, first, nameIs(first, name, values)),
    anywhereIn(3, 1, "exact", hasWords(name, "exact", values)),
    inFront(4, last, nameStartsWith(last, name, values), [1]),
    inFront(5, first, nameStartsWith(first, name, values), [2]),
  ];
  if (name.words.every(({ length }) => length < shortestBegun)) return drafts;
  drafts.push(anywhereIn(7, 2, "begun", isBegun, [1, 2, 3, 4, 5]));
  const mayBeMisspelt = name.edits.some((edits) => edits.length > 0);
  if (mayBeMisspelt) drafts.push(anywhereIn(8, 3, "misspelt", hasWords(name, "misspelt", values)));
  return drafts;
}

/** Contacts with all words, in any order: those with the rarest are asked for the others. */
function anywhere(name: NameWords, fit: Fit, every: string, values: Values): string {
  const withRarest = (condition: string) =>
    `SELECT DISTINCT d.contact_id FROM contacts.contact_word d WHERE d.institution_id = $1 AND ${condition}`;
  const others = hasWords(name, fit, values, name.rarest);
  const sources = [withRarest(fits("d.word", name, name.rarest, fit === "misspelt" ? "begun" : fit, values))];
  if (fit === "misspelt") sources.push(withRarest(`d.word = ANY(${values.add(name.edits[name.rarest], "text[]")})`));
  const isCompound = fit === "begun" && name.words.length > 1;
  const condition = isCompound ? `(${others} OR ${hasCompound(name, values)})` : others;
  if (isCompound) sources.push(withRarest(startsWith("d.word", name.text.replaceAll(" ", ""), values)));
  return `(${sources.join(" UNION ")}) found JOIN ${contacts} ON c.institution_id = $1 AND c.id = found.contact_id
    WHERE ${condition} AND ${every}`;
}
