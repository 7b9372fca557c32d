import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { Plugin } from 'vite';

const LOADER = 'src/compose/checked-import.ts';
/** `import()` of a file of ours in a source. */
const DYNAMIC = /\bimport\(\s*(["'`])(\.{1,2}\/[^"'`]+)\1\s*\)/g;
/**
 * A script of an entry and lazy chunks. What the entry imports statically goes into the entry itself, because only its
 * bytes are covered by the hash in the tag; and every `import()` of ours goes through the loader that checks. `chunks`
 * names the modules that are loaded at about the same time, because each file costs a hash and a request. `entry` may
 * name more than the script itself: what chunks share, and must not wait for one another to have.
 */
export function checkedChunks(
  root: string,
  {
    entry,
    environment,
    chunks,
  }: {
    entry: readonly string[];
    environment: string;
    chunks: Readonly<Record<string, readonly string[]>>;
  },
) {
  const files = Object.entries({ entry, ...chunks }).map(([name, from]) => ({
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
      if (id.endsWith('/@uppy/core/lib/locale.js')) return { code: ownWords(id), map: null };
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

/** Of the words of Uppy, nine in ten are for screens that are not here: left are those that its core itself may say. */
function ownWords(path: string): string {
  const source = (name: string) => readFileSync(new URL(name, pathToFileURL(path)), 'utf8');
  const users = source('Uppy.js') + source('Restricter.js');
  const used = new Set([...users.matchAll(/i18n(?:\(\))?\('(\w+)'/g)].map(([, key]) => key));
  const { strings } = runInNewContext(`(${source('locale.js').replace(/^export default|;\s*$/g, '')})`) as {
    strings: Record<string, unknown>;
  };
  const kept = Object.entries(strings).filter(([key]) => used.has(key));
  return `export default ${JSON.stringify({ strings: Object.fromEntries(kept) })}`;
}
