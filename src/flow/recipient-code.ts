/** Codes by mail have this many digits. */
export const CODE_DIGITS = 8;

/**
 * The ASCII digits of what a person typed or pasted. Keyboards and mails of other scripts have digits of their own,
 * and codes are copied with spaces, dashes or invisible direction marks: none of that may cost a try.
 */
export function codeDigits(text: string): string {
  let digits = '';
  for (const character of text) {
    if (/\p{Nd}/u.test(character)) digits += digitValue(character);
  }
  return digits;
}

/** Unicode keeps decimal digits in runs of ten that begin with zero (The Unicode Standard, section 4.6). */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0;
  let start = point;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return (point - start) % 10;
}
