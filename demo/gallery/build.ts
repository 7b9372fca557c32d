import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { legacyDecorators } from '../../vite.config.ts';

export type BuiltFile = string;

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `problems` by itself: of a module that is only imported, the build keeps nothing (`sideEffects` in package.json). */
const ENTRIES = ['gallery', 'problems', 'box', 'embed'];

/** The scripts of the gallery's pages, from the sources as they are now, by the name of the file. Nothing is written. */
export async function buildPages(): Promise<ReadonlyMap<string, BuiltFile>> {
  const output = (await build({
    root: at('../../'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    oxc: legacyDecorators,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry: Object.fromEntries(ENTRIES.map((name) => [name, at(`./pages/${name}.ts`)])), formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const files = [output].flat().flatMap((one) => one.output);
  return new Map(files.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}
