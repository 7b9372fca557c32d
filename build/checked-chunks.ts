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
 * bytes are covered by the hash in the tag; and every `import()` of ours goes through the loader that checks. `chunks`
 * names the modules that are loaded at about the same time, because each file costs a hash in the entry and a request.
 */
export function checkedChunks(
  root: string,
  {
    entry,
    environment,
    chunks,
  }: { entry: string; environment: string; chunks: Readonly<Record<string, readonly string[]>> },
) {
  const files = Object.entries({ entry: [entry], ...chunks }).map(([name, from]) => ({
    name,
    from,
    modules: new Set<string>(),
  }));
  const plugin: Plugin = {
    name: `checked-chunks:${environment}`,
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === environment,
    transform(code, id) {
      if (!id.startsWith(`${root}src/`) || code.search(DYNAMIC) < 0) return null;
      const checked = code.replace(DYNAMIC, 'checkedImport(import($1$2$1))');
      return { code: `import { checkedImport } from '${root}${LOADER}';\n${checked}`, map: null };
    },
    load(id) {
      // Uppy asks its package file for the version; the rest of it would be a kilobyte.
      if (!id.endsWith('/@uppy/core/package.json')) return null;
      const { version } = JSON.parse(readFileSync(id, 'utf8')) as { version: string };
      return { code: JSON.stringify({ version }), moduleType: 'json' };
    },
    buildEnd() {
      for (const { from, modules } of files) {
        const waiting = from.map((path) => `${root}${path}`);
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          if (modules.has(id)) continue;
          modules.add(id);
          waiting.push(...(this.getModuleInfo(id)?.importedIds ?? []));
        }
      }
    },
  };
  // The first that needs a module has it.
  const groups = files.map(({ name, modules }, i) => ({
    name,
    // The bundler's own helpers are for old libraries, none of which is in an entry.
    test: (id: string) => modules.has(id) || (i > 0 && id.startsWith('\0rolldown')),
    priority: files.length - i,
  }));
  return { plugin, groups };
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
