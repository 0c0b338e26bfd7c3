const shortest = 13;
const longest = 19;

/** How the cards of the networks begin, and how long their numbers are. */
const networks: readonly { readonly begins: RegExp; readonly lengths: readonly number[] }[] = [
  { begins: /^4/, lengths: [13, 16, 19] },
  { begins: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { begins: /^3[47]/, lengths: [15] },
  { begins: /^3(?:0[0-5]|[689])/, lengths: [14, 16] },
  { begins: /^35(?:2[89]|[3-8])/, lengths: [16] },
  { begins: /^(?:50|5[6-9]|6)/, lengths: [16, 19] },
];

/**
 * True when a text holds what may be the number of a card: 13 to 19 digits with a right check digit (Luhn), in digits
 * of any script, with blanks, hyphens or other signs between them, also inside a longer text; or such a number of a
 * card network with more digits behind it, such as a date or a security code.
 *
 * Letters part numbers. Digits that happen to be right inside a longer row of digits are none: most of the numeric
 * aliases that banks give would be refused.
 */
export function holdsCardNumber(text: string): boolean {
  const rows = plainDigits(text).match(/\d+(?:[^\p{L}\p{N}]+\d+)*/gu) ?? [];
  return rows.some((row) => {
    const groups = row.match(/\d+/g)!;
    return groups.some((group, index) => beginsWithCard(group) || joinsToCard(groups, index));
  });
}

/** In ASCII digits, and without signs that take no room. */
function plainDigits(text: string): string {
  const plain = text.normalize("NFKC").replace(/[\p{Cf}\p{Mn}\p{Me}]/gu, "");
  return plain.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
}

/** Digits stand in rows of ten, from zero to nine. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0)!;
  let first = point;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first--;
  return (point - first) % 10;
}

/** True when groups of digits from this one on are, together, the number of a card. */
function joinsToCard(groups: readonly string[], from: number): boolean {
  let digits = "";
  for (const group of groups.slice(from)) {
    digits = (digits + group).replace(/^0+(?=\d{19})/, "");
    if (digits.length > longest) return false;
    if (digits.length >= shortest && isLuhn(digits)) return true;
  }
  return false;
}

function beginsWithCard(group: string): boolean {
  const digits = group.replace(/^0+/, "");
  return networks.some(
    ({ begins, lengths }) =>
      begins.test(digits) && lengths.some((length) => digits.length >= length && isLuhn(digits.slice(0, length))),
  );
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
