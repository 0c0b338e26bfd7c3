import type { ContactRole, ContactType } from "../contact.enums.js";
import type { CriterionTerm } from "../criteria/index.js";
import type { NameWords } from "./name-words.js";

/** What a search asks for, ready for SQL: only by fields that the caller sees. */
export interface Search {
  readonly filters: Filters;
  /** What the found contacts are ranked by. Null: all that meet the filters are alike. */
  readonly wanted: Wanted | null;
  readonly includeInvalid: boolean;
  /** Whether the caller sees names: contacts are sorted by them, else by id alone. */
  readonly byName: boolean;
}

/** All that are not null must be met. */
export interface Filters {
  /** Beside a simple text: the words of the name, each at least begun or misspelt. */
  readonly name: NameWords | null;
  readonly email: string | null;
  /** Beginnings of keys, see {@link wantedPhoneKeys}. */
  readonly phoneKeys: readonly string[] | null;
  readonly contactNumber: string | null;
  readonly referenceCode: string | null;
  readonly postcode: string | null;
  readonly town: string | null;
  readonly roles: readonly ContactRole[] | null;
  readonly type: ContactType | null;
  readonly birthDate: string | null;
  /** All of them must be met as well; none at all asks for nothing. */
  readonly criteria: readonly CriterionTerm[];
}

/** What a text may stand for; one of them must be met. Null or empty: not this, or not for this caller. */
export interface Wanted {
  readonly contactNumber: string | null;
  readonly referenceCode: string | null;
  readonly phoneKeys: readonly string[];
  /** The beginning of an address, in small letters. */
  readonly email: string | null;
  readonly name: NameWords | null;
}
