/*
 * Chance for generated rows: a hash of a row's number, the question and the seed. Parameters have names, as `:name`.
 */

/** A number from 0 to 1 (exclusive) that belongs to this row and this question. */
export const draw = (row: string, question: number) =>
  `((hashint8extended((${row})::bigint, :seed::bigint + ${question}) & 1099511627775)::float8 / 1099511627776)`;

/** One element of an array parameter. A steepness above 1 prefers the first ones. */
export const pick = (array: string, row: string, question: number, steepness = 1) =>
  `(${array}::text[])[1 + floor(cardinality(${array}::text[]) * power(${draw(row, question)}, ${steepness}))::int]`;

/** A day so many days before today. */
export const daysAgo = (days: string) => `(:today::date - (${days})::int)`;
