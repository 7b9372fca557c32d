import { integrityOf } from '../../../build/seal.ts';

/** Names of scripts and their texts. */
export type Files = ReadonlyMap<string, string>;

/** The same scripts as another version would have them: its number in names and texts, and the hashes that follow from it. */
export function asVersion(files: Files, from: string, to: string): Files {
  const waiting = new Map([...files].map(([name, text]) => [name, { name: named(name), text: named(text) }]));
  const before = new Map([...files].map(([name, text]) => [name, integrityOf(text, 'sha256')]));
  const done = new Map<string, string>();
  function named(text: string): string {
    return text.replaceAll(from, to);
  }
  // From the chunks that load nothing to the entry: a hash is right once what it is of is.
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([name, { text }]) =>
      [...waiting.keys()].every((other) => other === name || !text.includes(before.get(other) ?? '')),
    );
    if (ready.length === 0) throw new Error('Scripts that hold the hashes of one another');
    for (const [old, { name, text }] of ready) {
      waiting.delete(old);
      done.set(name, text);
      for (const other of waiting.values()) {
        other.text = other.text.replaceAll(before.get(old) ?? '', integrityOf(text, 'sha256'));
      }
    }
  }
  return done;
}
