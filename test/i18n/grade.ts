/** Flesch–Kincaid grade of one sentence. Syllables are groups of vowels, less a silent final e. */
export function gradeOf(sentence: string): { grade: number; words: number } {
  const words = sentence.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  if (words.length === 0) return { grade: 0, words: 0 };
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return { grade: 0.39 * words.length + 11.8 * (syllables / words.length) - 15.59, words: words.length };
}

function syllablesOf(word: string): number {
  if (/^[\d.,-]+$/.test(word)) return 1;
  const sounded = word.toLowerCase().replace(/(?<=[^aeiouyl])e$|(?<=[^aeiouy][^aeiouyl])es$|(?<=[^aeiouydt])ed$/, '');
  return Math.max(1, (sounded.match(/[aeiouy]+/g) ?? []).length);
}
