import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { compile } from 'svelte/compiler';
import { build, type Plugin, type Rolldown } from 'vite';
import { root } from '../../../build/root.ts';
import type { Files } from './next-version.ts';

/** A page's own element, drawn by a Lit of its own. */
const HOST = `import { html, LitElement } from 'lit';
customElements.define('page-clock', class extends LitElement {
  render() { return html\`<p>Drawn by the page</p>\`; }
});
`;
const SOURCES = {
  'page.js': HOST,
  // The package as an application has it: one Lit for both.
  'bundle.js': `import 'secure-upload/define';\n${HOST}`,
};

/** What passes on a page that it should know of: violations, errors nobody caught, lines for builders. */
const WATCH = `globalThis.seen = { broken: [], errors: [], lines: [] };
addEventListener('securitypolicyviolation', (e) => seen.broken.push(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample));
addEventListener('error', (e) => seen.errors.push(String(e.message)));
addEventListener('unhandledrejection', (e) => seen.errors.push(String(e.reason)));
for (const level of ['warn', 'error']) console[level] = (...words) => seen.lines.push(words.join(' '));
`;

/** The scripts of a page that the tag is pasted into, bundled as a builder would, from the package as it is built. */
export async function hostScripts(sources: Files = new Map(Object.entries(SOURCES))): Promise<Files> {
  // Inside the project, so that Lit is found.
  const folder = `${root}node_modules/.cache/secure-upload/host-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    for (const [name, source] of sources) writeFileSync(`${folder}/${name}`, source);
    const scripts = [...sources.keys()].filter((name) => name.endsWith('.js'));
    const built = await Promise.all(scripts.map((name) => bundle(`${folder}/${name}`, name)));
    return new Map([['watch.js', WATCH], ...built.flatMap((files) => [...files])]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As Svelte's own plugin does, in the little that is needed. */
const svelte: Plugin = {
  name: 'svelte',
  transform(code, id) {
    return id.endsWith('.svelte')
      ? { code: compile(code, { generate: 'client', filename: id }).js.code, map: null }
      : null;
  },
};

async function bundle(entry: string, name: string): Promise<Files> {
  const output = (await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [svelte],
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['browser'], alias: { 'secure-upload/define': `${root}dist/define.js` } },
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: ['es'] },
      rolldownOptions: { output: { entryFileNames: name, chunkFileNames: `${name}-[name].js` } },
    },
  })) as Rolldown.RolldownOutput | Rolldown.RolldownOutput[];
  const chunks = [output].flat().flatMap((one) => one.output);
  return new Map(chunks.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}
