import { trustedScriptUrl } from '../trusted-types.ts';

/** Written by the script build (build/checked-chunks.ts): the name of the file that the page's tag loads. */
declare const ENTRY_NAME: string;

/** A chunk's name, and the hash that its bytes must have. */
type Checked = readonly [name: string, integrity: string];

const address = import.meta.url;
const loading = new Map<string, Promise<void>>();

/**
 * What the script build puts in the place of `import()`, which knows no integrity; a preload's integrity binds nobody
 * (decision 10). `chunks` are those that it imports and are not here yet, and itself: they come one after the other, as
 * script elements with their hashes. Only one that has loaded so is imported: the same address then is the same module.
 * A chunk with other bytes never runs. Rejects with a TypeError.
 */
export async function checkedImport(chunks: readonly Checked[] | Promise<unknown>): Promise<unknown> {
  // The bundler found it in a file that is here already.
  if (chunks instanceof Promise) return chunks;
  // Chunks import the entry by its name: at another address it would be a second one, fetched without its hash.
  if (!address.endsWith(`/${ENTRY_NAME}`)) throw new TypeError(`${ENTRY_NAME} must be loaded under its own name`);
  let last = '';
  for (const [name, integrity] of chunks) {
    await load(name, integrity);
    last = name;
  }
  return import(/* @vite-ignore */ urlOf(last).href);
}

const urlOf = (name: string): URL => new URL(name, address);

function load(name: string, integrity: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const loaded = insert(name, integrity);
  loading.set(name, loaded);
  // The next try is a new one.
  loaded.catch(() => loading.delete(name));
  return loaded;
}

async function insert(name: string, integrity: string): Promise<void> {
  const script = document.createElement('script');
  script.type = 'module';
  script.integrity = integrity;
  script.crossOrigin = 'anonymous';
  script.src = trustedScriptUrl(urlOf(name), address);
  await new Promise<void>((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => reject(new TypeError(`${name} did not come, or is not what it should be`));
    document.head.append(script);
  }).finally(() => script.remove());
}
