import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import { foldRuntime } from './one-runtime.ts';

/** A built file, as whoever shows it to a page must name it. */
export interface Sealed {
  readonly path: string;
  /** For `<script integrity>`: `sha384-…` of what pages name, `sha256-…` of a chunk. */
  readonly integrity: string;
}

/** A chunk's `import()` of another when it is built: the loader around it, and one module picked where a chunk holds several. */
const BUILT = /([\w$]+)\(import\((["'`])\.\/([^"'`]+)\2\)(\.then\([\w$]+=>[\w$]+\.[\w$]+\))?\)/g;

/**
 * Writes into each file of a script the hashes of the chunks that it loads, so that the hash of the entry covers them all,
 * and answers the entry and the chunks. Throws where a byte would run that no hash covers.
 */
export function seal(folder: string, { output }: Rolldown.RolldownOutput): { entry: Sealed; chunks: Sealed[] } {
  const files = foldRuntime(folder, output);
  const entry = files.find(({ isEntry }) => isEntry);
  if (!entry || entry.imports.length > 0) throw new Error(`The entry imports ${entry?.imports.join()} unchecked`);
  const script = new Script(folder, entry.fileName, new Map(files.map((file) => [file.fileName, file.imports])));
  return {
    entry: script.seal(entry.fileName),
    chunks: files.filter((file) => file !== entry).map(({ fileName }) => script.seal(fileName)),
  };
}

class Script {
  readonly #folder: string;
  readonly #entry: string;
  readonly #imports: ReadonlyMap<string, readonly string[]>;
  /** Null while it is being sealed. */
  readonly #sealed = new Map<string, Sealed | null>();

  constructor(folder: string, entry: string, imports: ReadonlyMap<string, readonly string[]>) {
    this.#folder = folder;
    this.#entry = entry;
    this.#imports = imports;
  }

  seal(name: string): Sealed {
    const done = this.#sealed.get(name);
    if (done) return done;
    if (done === null) throw new Error(`${name} loads what loads ${name}: neither can hold the hash of the other`);
    this.#sealed.set(name, null);
    const sealed = this.#write(name, this.#checked(name));
    this.#sealed.set(name, sealed);
    return sealed;
  }

  /** Its text, in which each `import()` names its chunk and the hash, and those that are not here yet and come before it. */
  #checked(name: string): string {
    const here = new Set([name, ...this.#before(name)]);
    const text = readFileSync(join(this.#folder, name), 'utf8').replace(
      BUILT,
      (_, loader: string, _quote: string, wanted: string, pick = '') => {
        const needs = this.#before(wanted).filter((other) => !here.has(other));
        const pairs = [...needs, wanted].map((other) => [other, this.seal(other).integrity]);
        return `${loader}(${JSON.stringify(pairs)})${pick}`;
      },
    );
    if (name !== this.#entry) return text;
    if (this.#imports.size > 1 && !text.includes('ENTRY_NAME')) throw new Error('The entry does not check its chunks');
    return text.replaceAll('ENTRY_NAME', () => JSON.stringify(name));
  }

  /** What a chunk imports beside the entry: each after those that it imports itself. */
  #before(name: string): string[] {
    const imported = (this.#imports.get(name) ?? []).filter((other) => other !== this.#entry);
    return [...new Set(imported.flatMap((other) => [...this.#before(other), other]))];
  }

  #write(path: string, text: string): Sealed {
    const [wild] = /\bimport\(\s*["'`].{0,80}/.exec(text) ?? [];
    if (wild) throw new Error(`${path} imports something unchecked: ${wild}`);
    writeFileSync(join(this.#folder, path), text);
    // A hash is the one thing in a script that no packing makes smaller, and the entry holds one for each chunk.
    return { path, integrity: integrityOf(text, path === this.#entry ? 'sha384' : 'sha256') };
  }
}

export function integrityOf(content: string | Uint8Array, name: 'sha256' | 'sha384' = 'sha384'): string {
  return `${name}-${createHash(name).update(content).digest('base64')}`;
}
