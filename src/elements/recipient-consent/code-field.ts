import { CODE_DIGITS, codeDigits } from '../../flow/recipient-code.ts';

const GROUP = 4;

/** Two groups of four, with the caret where it stood among the digits. */
function groupCode(text: string, caret: number): { text: string; caret: number } {
  const digits = codeDigits(text).slice(0, CODE_DIGITS + GROUP);
  const before = codeDigits(text.slice(0, caret)).length;
  const grouped = digits.length > GROUP ? `${digits.slice(0, GROUP)} ${digits.slice(GROUP)}` : digits;
  return { text: grouped, caret: before > GROUP ? before + 1 : before };
}

/** How many digits came in by one input: what lies between the start and the end that both have. */
function insertedDigits(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return after.length - start - end;
}

/** Pasted, dropped, or filled in by the browser or keyboard: several digits at once, or an insertion that nobody typed. */
function isFilled(event: Event, before: string, after: string): boolean {
  if (insertedDigits(before, after) > 1) return true;
  return event instanceof InputEvent && /^insertFrom|^insertReplacement/.test(event.inputType);
}

/** Groups what stands in the field. Answers whether eight digits came in at once, so that they may be sent at once. */
export function takeCodeInput(
  input: HTMLInputElement,
  event: Event,
  before: string,
): { digits: string; isWhole: boolean } {
  const grouped = groupCode(input.value, input.selectionStart ?? input.value.length);
  if (grouped.text !== input.value) {
    input.value = grouped.text;
    input.setSelectionRange(grouped.caret, grouped.caret);
  }
  const digits = codeDigits(grouped.text);
  return { digits, isWhole: digits.length === CODE_DIGITS && isFilled(event, before, digits) };
}
