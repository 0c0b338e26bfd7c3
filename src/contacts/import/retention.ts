/** How long rows of an import are kept when it has ended: long enough to mend a file, and to undo what it did. */
export const keptMs = 30 * 86_400_000;
