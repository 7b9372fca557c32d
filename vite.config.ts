import { readFileSync, writeFileSync } from 'node:fs';
import {
  defineConfig,
  type EnvironmentOptions,
  type Plugin,
  type Rolldown,
  type UserConfig,
  type ViteBuilder,
} from 'vite';
import { checkedChunks } from './build/checked-chunks.ts';
import { minifyTemplates } from './build/minify-templates.ts';
import { ownLit } from './build/own-lit.ts';
import { root } from './build/root.ts';
import { integrityOf, type Sealed, seal } from './build/seal.ts';
import { shorten } from './build/shorten.ts';

const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  version: string;
  exports: Record<string, { default: string } | string>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

/** Vite reads the decorator flags of tsconfig.json only for files in its `include`; elsewhere they would pass through raw. */
export const legacyDecorators = {
  decorator: { legacy: true },
  assumptions: { setPublicClassFields: true },
  typescript: { removeClassFieldsWithoutInitializer: true },
};

/** The scripts that pages load, one side of the work each, under a name that never means other bytes. */
const SCRIPTS = {
  'secure-upload': {
    entry: 'src/elements/secure-upload/define.ts',
    environment: 'uploadScript',
    // Languages come before the rest, which needs it too.
    early: ['src/i18n/plural.ts'],
    chunks: {
      rest: ['src/compose/open-flow.ts', 'src/elements/secure-upload/open-box.ts', 'src/client/refusal.ts'],
      engine: [
        'src/identity/identity.ts',
        'src/client/upload-client.ts',
        'src/transfer/batch-keeper.ts',
        'src/transfer/file-transfer.ts',
        'src/transfer/hasher.ts',
        'src/transfer/put.ts',
      ],
      // Of visits before this one: where there may be any, they are counted before anybody signs in.
      records: ['src/compose/browser-records.ts', 'src/transfer/kept-batches.ts'],
      // Only for apps that want something done to pictures.
      transform: ['src/transform/index.ts', 'src/policy/metadata.ts'],
      parts: ['src/transfer/recorded-parts.ts', 'src/transfer/recorded-uploads.ts'],
      // Loaded whenever something ends with a problem, also for visitors: one line for the console.
      setup: ['src/elements/secure-upload/setup.ts', 'src/i18n/owner-text.ts'],
      link: ['src/elements/send-link/define.ts', 'src/client/broker-client.ts'],
    },
  },
  'recipient-consent': {
    entry: 'src/elements/recipient-consent/define.ts',
    environment: 'recipientScript',
    early: [],
    chunks: {
      rest: ['src/compose/open-recipient.ts', 'src/elements/recipient-consent/open-page.ts'],
    },
  },
} as const;
/** Scripts of one file each. */
const SINGLE = {
  /** For hosts that take a single address: the uploader with everything. */
  'secure-upload-whole': { entry: SCRIPTS['secure-upload'].entry, environment: 'wholeScript' },
  /** The tag of the broker's frame, for the page around it; and what speaks for the box inside. */
  'secure-upload-frame': { entry: 'src/embed/define.ts', environment: 'frameScript' },
  'secure-upload-embed': { entry: 'src/embed/inside-page.ts', environment: 'embedScript' },
} as const;

/**
 * Nearly all of an entry runs before the first paint. With this line Chromium compiles it while it comes and beside the
 * page's own thread, and not each function when it is first called: a fifth of what the first paint takes (measured).
 */
const EAGER = '//# allFunctionsCalledOnLoad\n';

const fileOf = (name: string): string => `${name}@${manifest.version}.js`;

/** For bundlers: an ES module per entry of package.json; what it depends on is left to whoever installs it. */
function library(dist: string): EnvironmentOptions {
  const targets = Object.values(manifest.exports).flatMap((entry) => (typeof entry === 'string' ? [] : entry.default));
  const names = targets.map((target) => target.replace(/^\.\/dist\/|\.js$/g, ''));
  const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return {
    build: {
      outDir: dist,
      emptyOutDir: true,
      minify: false,
      lib: { entry: Object.fromEntries(names.map((name) => [name, `${root}src/${name}.ts`])), formats: ['es'] },
      rolldownOptions: {
        external: (id) => installed.some((name) => id === name || id.startsWith(`${name}/`)),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  };
}

/** For pages: an entry, and chunks beside it that the entry checks. Or, without `groups`, everything in one file. */
function script(
  dist: string,
  name: string,
  entry: string,
  groups?: ReturnType<typeof checkedChunks>['groups'],
): EnvironmentOptions {
  const licence = `/*! MIT, with ${name}@${manifest.version}.licenses.md */`;
  return {
    consumer: 'client',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `${dist}/cdn`,
      emptyOutDir: false,
      license: { fileName: `${name}@${manifest.version}.licenses.md` },
      lib: { entry: `${root}${entry}`, formats: ['es'], fileName: () => fileOf(name) },
      rolldownOptions: {
        // The second minifier is nearly all of the time that a build takes, and known to be.
        checks: { bundlerTimings: false },
        preserveEntrySignatures: 'allow-extension',
        output: {
          codeSplitting: groups ? { groups } : false,
          // No hash in a name: the entry would have to know it, and the chunk's bytes name the entry.
          chunkFileNames: `${name}@${manifest.version}.[name].js`,
          minify: true,
          comments: false,
          postBanner: ({ isEntry }) => (groups && isEntry ? EAGER : '') + licence,
        },
      },
    },
  };
}

/** The command. Runs where only the package is installed, so that it carries its libraries along. */
function command(dist: string): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true },
    build: {
      ssr: true,
      outDir: `${dist}/bin`,
      emptyOutDir: true,
      license: { fileName: 'licenses.md' },
      rolldownOptions: {
        input: `${root}bin/secure-upload.ts`,
        output: { entryFileNames: 'secure-upload.js', codeSplitting: false },
      },
    },
  };
}

interface Built extends Sealed {
  readonly chunks: readonly Sealed[];
}

async function buildAll(builder: ViteBuilder, dist: string): Promise<void> {
  const scripts: Record<string, Built> = {};
  for (const { name: environment } of Object.values(builder.environments)) {
    const target = builder.environments[environment];
    if (!target || environment === 'ssr') continue;
    const [output] = [await builder.build(target)].flat() as Rolldown.RolldownOutput[];
    const [name] = Object.entries(SCRIPTS).find(([, script]) => script.environment === environment) ?? [];
    if (!name || !output) continue;
    const { entry, chunks } = seal(`${dist}/cdn`, output);
    scripts[name] = { ...entry, chunks };
  }
  for (const name of Object.keys(SINGLE)) {
    const path = fileOf(name);
    scripts[name] = { path, integrity: integrityOf(readFileSync(`${dist}/cdn/${path}`)), chunks: [] };
  }
  // Last, so that whoever finds it finds what it names.
  const text = JSON.stringify({ version: manifest.version, scripts }, null, 2);
  writeFileSync(`${dist}/cdn/manifest.json`, `${text}\n`);
}

/** Builds everything that ships into the folder `dist` (absolute). */
export function buildInto(dist: string): UserConfig {
  const environments: Record<string, EnvironmentOptions> = { client: library(dist), bin: command(dist) };
  const plugins: Plugin[] = [];
  for (const [name, parts] of Object.entries(SCRIPTS)) {
    const { plugin, groups } = checkedChunks(root, { ...parts, entry: [parts.entry, ...parts.early] });
    plugins.push(plugin);
    environments[parts.environment] = script(dist, name, parts.entry, groups);
  }
  const boxes = [...Object.values(SCRIPTS), SINGLE['secure-upload-whole']].map(({ environment }) => environment);
  plugins.push(minifyTemplates(root, boxes), ...boxes.map((environment) => shorten(root, environment)));
  for (const environment of boxes) {
    // The uploader in one file stands for the other one, so it has its name too.
    const name = environment === SCRIPTS['recipient-consent'].environment ? 'recipient-consent' : 'secure-upload';
    plugins.push(ownLit(root, name, environment));
  }
  for (const [name, { entry, environment }] of Object.entries(SINGLE)) {
    environments[environment] = script(dist, name, entry);
  }
  return {
    root,
    oxc: legacyDecorators,
    publicDir: false,
    logLevel: 'warn',
    build: { target: 'es2022', reportCompressedSize: false },
    plugins,
    environments,
    builder: { buildApp: (builder) => buildAll(builder, dist) },
  };
}

export default defineConfig(buildInto(`${root}dist`));
