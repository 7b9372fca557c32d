import { trustedScriptUrl } from '../trusted-url.ts';

/**
 * Written by the script build (build/checked-chunks.ts): the name of the file that the page's tag loads, and for each
 * chunk its integrity and the chunks that it imports.
 */
declare const CHECKED_CHUNKS: {
  readonly entry: string;
  readonly chunks: Readonly<Record<string, readonly [integrity: string, ...needs: string[]]>>;
};

const { entry, chunks } = CHECKED_CHUNKS;
const address = import.meta.url;
const loading = new Map<string, Promise<void>>();

/**
 * What the script build puts in the place of `import()`, which knows no integrity; a preload's integrity binds nobody
 * (decision 10). The chunk comes as a script element with its hash, after those that it imports. Only one that has loaded
 * so is imported: the same address then is the same module. A chunk with other bytes never runs. Rejects with a TypeError.
 */
export async function checkedImport(name: string | Promise<unknown>): Promise<unknown> {
  // The bundler found it in a file that is here already.
  if (typeof name !== 'string') return name;
  // Chunks import the entry by its name: at another address it would be a second one, fetched without its hash.
  if (!address.endsWith(`/${entry}`)) throw new TypeError(`${entry} must be loaded under its own name`);
  await load(name);
  return import(/* @vite-ignore */ urlOf(name).href);
}

const urlOf = (name: string): URL => new URL(name, address);

function load(name: string): Promise<void> {
  const known = loading.get(name);
  if (known) return known;
  const loaded = insert(name);
  loading.set(name, loaded);
  // The next try is a new one.
  loaded.catch(() => loading.delete(name));
  return loaded;
}

async function insert(name: string): Promise<void> {
  const [integrity = '', ...needs] = chunks[name] ?? [];
  await Promise.all(needs.map(load));
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
