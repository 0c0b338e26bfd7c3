import { type Problem, problem } from "./user-error.js";

/** In a text of one line: control characters, lone surrogates and the marks that turn the writing direction. None is ever visible. */
export const invisibleInLine = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;

/** The same in a text of several lines, where tabs and ends of lines are well. */
export const invisibleInText = /[\p{Cs}\u202A-\u202E\u2066-\u2069]|(?![\n\r\t])\p{Cc}/u;

/** What is wrong with the length of a list; nothing for one that was left out. */
export function countProblems(
  values: readonly unknown[] | null | undefined,
  field: string,
  maximum: number,
): Problem[] {
  return values && values.length > maximum ? [problem("TOO_MANY_VALUES", [field], { maximum })] : [];
}
