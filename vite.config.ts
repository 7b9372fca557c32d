import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type EnvironmentOptions, type UserConfig, type ViteBuilder } from 'vite';

export const root = fileURLToPath(new URL('./', import.meta.url));
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

/** The scripts that pages load, one file and one side of the work each, under a name that never means other bytes. */
const BUNDLES = {
  'secure-upload': 'src/elements/secure-upload/define.ts',
  'recipient-consent': 'src/elements/recipient-consent/define.ts',
} as const;
const bundleFile = (name: string): string => `${name}@${manifest.version}.js`;

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

/** For pages: everything in one file, because a lazy chunk would need a hash of its own in the tag. */
function bundle(dist: string, name: keyof typeof BUNDLES): EnvironmentOptions {
  return {
    consumer: 'client',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: `${dist}/cdn`,
      emptyOutDir: false,
      license: { fileName: `${name}@${manifest.version}.licenses.md` },
      lib: { entry: `${root}${BUNDLES[name]}`, formats: ['es'], fileName: () => bundleFile(name) },
      rolldownOptions: {
        output: {
          codeSplitting: false,
          minify: true,
          comments: false,
          postBanner: `/*! ${name} ${manifest.version}, MIT. Licences of what it contains: ${name}@${manifest.version}.licenses.md */`,
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

async function buildAll(builder: ViteBuilder, dist: string): Promise<void> {
  for (const environment of Object.values(builder.environments)) {
    if (environment.name !== 'ssr') await builder.build(environment);
  }
  const files = Object.keys(BUNDLES).map((name) => {
    const hash = createHash('sha384').update(readFileSync(`${dist}/cdn/${bundleFile(name)}`));
    return [name, { path: bundleFile(name), integrity: `sha384-${hash.digest('base64')}` }];
  });
  // Last, so that whoever finds it finds what it names.
  const text = JSON.stringify({ version: manifest.version, files: Object.fromEntries(files) }, null, 2);
  writeFileSync(`${dist}/cdn/manifest.json`, `${text}\n`);
}

/** Builds everything that ships into the folder `dist` (absolute). */
export function buildInto(dist: string): UserConfig {
  return {
    root,
    oxc: legacyDecorators,
    publicDir: false,
    logLevel: 'warn',
    build: { target: 'es2022', reportCompressedSize: false },
    environments: {
      client: library(dist),
      bin: command(dist),
      uploadBundle: bundle(dist, 'secure-upload'),
      recipientBundle: bundle(dist, 'recipient-consent'),
    },
    builder: { buildApp: (builder) => buildAll(builder, dist) },
  };
}

export default defineConfig(buildInto(`${root}dist`));
