import { readdirSync, readFileSync } from 'node:fs';
import { type MinifyOptions, minify } from 'terser';
import { type Plugin, parseAst, type Rolldown } from 'vite';

/** Rooms whose names reach neither wire, storage nor page. */
const ROOMS = ['src/elements/', 'src/flow/', 'src/i18n/'];
/** Where names stand that are ours alone: keys of catalogues, and members of what flow and templates hand one another. */
const DECLARED =
  /^src\/(i18n\/[\w-]+-en|flow\/[\w-]+-snapshot|elements\/[\w-]+\/(view|ui|presses|desk|box-facts|form-view))\.ts$/;
/** `pausedHeading`: the wire writes its names another way, and one word alone is too often one of the browser's. */
const CAMEL = /^[a-z]+[A-Z]\w*$/;
const FIRST = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/**
 * The last pass over a script: a second minifier, which finds 1.4 % that the bundler's leaves, and short names for what
 * only our own rooms call by name. A name stays long where anything else could mean it: where it is a word of any text
 * or any style, where a library or another of our rooms has it, where the element shows it to pages, and where browsers
 * know it. So no name of a wire, of something stored or of an attribute can change.
 */
export function shorten(root: string, environment: string): Plugin {
  const taken = new Set<string>();
  return {
    name: `shorten:${environment}`,
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === environment,
    buildStart() {
      taken.clear();
      for (const name of publicNames(root)) taken.add(name);
    },
    transform(code, id) {
      const isOurs = ROOMS.some((room) => id.startsWith(root + room));
      const texts = isOurs ? textsIn(parseAst(code) as unknown as Node) : [code];
      for (const text of texts) for (const [word] of text.matchAll(/[\w$]+/g)) taken.add(word);
      return null;
    },
    async generateBundle(_, bundle) {
      const props = shortNames(entryFirst(declaredNames(root), bundle), taken);
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') file.code = await again(file.code, props);
      }
    },
  };
}

async function again(code: string, props: Readonly<Record<string, string>>): Promise<string> {
  const names = Object.keys(props).map((name) => name.slice(1));
  const options: MinifyOptions = {
    module: true,
    ecma: 2020,
    compress: { passes: 2 },
    mangle: { properties: { regex: new RegExp(`^(${names.join('|')})$`) } },
    nameCache: { props: { props } },
    format: { comments: /^!|^# / },
  };
  const { code: shorter } = await minify(code, options);
  if (shorter === undefined) throw new Error('The second minifier answered nothing');
  return shorter;
}

/** What pages may call by name. */
function publicNames(root: string): string[] {
  const manifest = readFileSync(`${root}custom-elements.json`, 'utf8');
  return [...manifest.matchAll(/"(?:name|fieldName|attribute)": "(\w+)"/g)].flatMap(([, name = '']) => name);
}

function declaredNames(root: string): string[] {
  const files = ROOMS.flatMap((room) =>
    readdirSync(root + room, { recursive: true, encoding: 'utf8' }).map((path) => room + path.replaceAll('\\', '/')),
  );
  const names = files
    .filter((path) => DECLARED.test(path))
    .flatMap((path) => keysIn(parseAst(readFileSync(root + path, 'utf8'), { lang: 'ts' }) as unknown as Node));
  return [...new Set(names)].filter((name) => CAMEL.test(name)).sort();
}

/** A name that comes to a later script gives those of the first one no other letters, and so no other size. */
function entryFirst(names: readonly string[], bundle: Rolldown.OutputBundle): string[] {
  const words = new Set<string>();
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.isEntry) for (const [word] of file.code.matchAll(/\w+/g)) words.add(word);
  }
  return [...names.filter((name) => words.has(name)), ...names.filter((name) => !words.has(name))];
}

/** Two letters each; the prefix is how the minifier's cache writes a name. */
function shortNames(names: readonly string[], taken: ReadonlySet<string>): Record<string, string> {
  const free = [...FIRST].flatMap((one) => [...FIRST].map((other) => one + other)).filter((name) => !taken.has(name));
  const ours = names.filter((name) => !taken.has(name));
  if (ours.length > free.length) throw new Error('More names than pairs of letters');
  return Object.fromEntries(ours.map((name, i) => [`$${name}`, free[i] ?? name]));
}

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((value): value is Node => typeof value === 'object' && value !== null && 'type' in value);

/** Each text of a module: strings, and what stands between the values of a template. */
function textsIn(node: Node): string[] {
  const own =
    node.type === 'Literal' && typeof node.value === 'string'
      ? [node.value]
      : node.type === 'TemplateElement'
        ? [(node.value as { readonly raw: string }).raw]
        : [];
  return [...own, ...childrenOf(node).flatMap(textsIn)];
}

/** Keys of objects and members of interfaces. */
function keysIn(node: Node): string[] {
  const key = node.key as Node | undefined;
  const isKey = ['Property', 'TSPropertySignature', 'TSMethodSignature'].includes(node.type) && !node.computed;
  const own = isKey && key?.type === 'Identifier' ? [String(key.name)] : [];
  return [...own, ...childrenOf(node).flatMap(keysIn)];
}
