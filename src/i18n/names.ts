/** Names and references as people read them. */

/** `7F3K-92QD`: eight characters, shown 4-4. */
export function formatReference(reference: string): string {
  return reference.length === 8 ? `${reference.slice(0, 4)}-${reference.slice(4)}` : reference;
}

/** For being read aloud: `7 F 3 K, 9 2 Q D`. */
export function spellReference(reference: string): string {
  return [reference.slice(0, 4), reference.slice(4)].map((half) => [...half].join(' ')).join(', ');
}

/** C0 and C1 controls, and what turns the direction of text: it could make an .exe look like a .pdf. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A file's name without what cannot be seen. */
export function cleanName(name: string): string {
  return name.replace(UNSEEN, '');
}

/** For names within a sentence: first strong isolate … pop, so that a name of another direction stays in its place. */
export function isolate(name: string): string {
  return `\u2068${cleanName(name)}\u2069`;
}

/** `shop-window…october.png`: shortened in the middle, the ending always kept. Counted in code points. */
export function shortenName(name: string, most: number): string {
  const letters = [...cleanName(name)];
  if (letters.length <= most) return letters.join('');
  const end = Math.floor(most * 0.4);
  const head = letters.slice(0, most - end - 1).join('');
  const tail = letters.slice(-end).join('');
  // Marks, and what joins emoji, would stand for themselves where their letter is gone.
  return `${head.replace(/\u200d+$/, '')}…${tail.replace(/^[\p{M}\u200d]+/u, '')}`;
}
