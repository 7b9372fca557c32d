import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** A built file, as whoever shows it to a page must name it. */
export interface Sealed {
  readonly path: string;
  /** `sha384-…`, for `<script integrity>`. */
  readonly integrity: string;
}

const LOADER = 'src/compose/checked-import.ts';
/** `import()` of a file of ours in a source. */
const DYNAMIC = /\bimport\(\s*(["'`])(\.{1,2}\/[^"'`]+)\1\s*\)/g;
/** The same when it is built: the loader around it, and one module picked where a chunk holds several. */
const BUILT = /([\w$]+)\(import\((["'`])\.\/([^"'`]+)\2\)(\.then\([\w$]+=>[\w$]+\.[\w$]+\))?\)/g;

/**
 * A script of an entry and lazy chunks. What the entry imports statically goes into the entry itself, because only its
 * bytes are covered by the hash in the tag; and every `import()` of ours goes through the loader that checks.
 */
export function checkedChunks(root: string, entry: string, environment: string) {
  const inEntry = new Set<string>();
  const plugin: Plugin = {
    name: `checked-chunks:${environment}`,
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === environment,
    transform(code, id) {
      if (!id.startsWith(`${root}src/`) || code.search(DYNAMIC) < 0) return null;
      const checked = code.replace(DYNAMIC, 'checkedImport(import($1$2$1))');
      return { code: `import { checkedImport } from '${root}${LOADER}';\n${checked}`, map: null };
    },
    buildEnd() {
      const waiting = [`${root}${entry}`];
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        if (inEntry.has(id)) continue;
        inEntry.add(id);
        waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
      }
    },
  };
  return { plugin, group: { name: 'entry', test: (id: string) => inEntry.has(id) } };
}

/**
 * Writes the hashes of the chunks into the entry, and answers the entry and the chunks. Throws where a byte would run
 * that no hash covers.
 */
export function seal(folder: string, { output }: Rolldown.RolldownOutput): { entry: Sealed; chunks: Sealed[] } {
  const files = output.filter((file) => file.type === 'chunk');
  const entry = files.find(({ isEntry }) => isEntry);
  if (!entry || entry.imports.length > 0) throw new Error(`The entry imports ${entry?.imports.join()} unchecked`);
  const chunks = files.filter((file) => file !== entry);
  const sealed = chunks.map(({ fileName }) => write(folder, fileName, read(folder, fileName)));
  const table = Object.fromEntries(
    chunks.map(({ fileName, imports }, index) => [
      fileName,
      [sealed[index]?.integrity, ...imports.filter((name) => name !== entry.fileName)],
    ]),
  );
  const placed = JSON.stringify({ entry: entry.fileName, chunks: table });
  const text = read(folder, entry.fileName);
  if (chunks.length > 0 && !text.includes('CHECKED_CHUNKS')) throw new Error('The entry does not know its chunks');
  return {
    entry: write(
      folder,
      entry.fileName,
      text.replaceAll('CHECKED_CHUNKS', () => `(${placed})`),
    ),
    chunks: sealed,
  };
}

/** With the names of chunks in the place of their imports, which the loader makes. */
function read(folder: string, fileName: string): string {
  return readFileSync(join(folder, fileName), 'utf8').replace(
    BUILT,
    (_, loader: string, quote: string, name: string, pick = '') => `${loader}(${quote}${name}${quote})${pick}`,
  );
}

function write(folder: string, path: string, text: string): Sealed {
  const [wild] = /\bimport\(\s*["'`].{0,80}/.exec(text) ?? [];
  if (wild) throw new Error(`${path} imports something unchecked: ${wild}`);
  writeFileSync(join(folder, path), text);
  return { path, integrity: integrityOf(text) };
}

export function integrityOf(content: string | Uint8Array): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}
