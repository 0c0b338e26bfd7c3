const space = 0x20;
const noBreakSpace = 0xa0;
const apostrophe = 0x27;

const isBlankChar = (code: number) => code === space || code === noBreakSpace;

/**
 * The value of a cell: trimmed of spaces and no-break spaces, less the one apostrophe that keeps a spreadsheet from
 * taking the value for a formula. Source: rule 6.3.5
 */
export function readCell(raw: string): string {
  const first = raw.charCodeAt(0);
  // Nearly every cell leaves here: this runs for each cell of the file.
  if (!isBlankChar(first) && first !== apostrophe && !isBlankChar(raw.charCodeAt(raw.length - 1))) return raw;

  let start = 0;
  let end = raw.length;
  while (start < end && isBlankChar(raw.charCodeAt(start))) start++;
  while (start < end && isBlankChar(raw.charCodeAt(end - 1))) end--;
  const isGuarded = end - start > 1 && raw.charCodeAt(start) === apostrophe && "=+-@'\t\r".includes(raw[start + 1]!);
  return raw.slice(isGuarded ? start + 1 : start, end);
}

/** The cell for a value: an apostrophe before all that a spreadsheet could take for a formula. Source: rule 6.2 */
export function writeCell(value: string): string {
  return value !== "" && "=+-@\t\r\0'".includes(value[0]!) ? `'${value}` : value;
}
