import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { createBuilder, type Rolldown } from 'vite';
import { root } from '../../build/root.ts';
import { requireBuild } from '../../demo/bootstrap.mjs';
import { buildInto } from '../../vite.config.ts';

const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const UPLOAD = `secure-upload@${version}.js`;
const RECIPIENT = `recipient-consent@${version}.js`;
const WHOLE = `secure-upload-whole@${version}.js`;
const FRAME = `secure-upload-frame@${version}.js`;
const EMBED = `secure-upload-embed@${version}.js`;

interface Listed {
  readonly path: string;
  readonly integrity: string;
  readonly chunks: readonly { readonly path: string; readonly integrity: string }[];
}

/** Builds as `npm run build` does, into a folder of its own. */
async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-build-'));
  const builder = await createBuilder({ ...buildInto(folder), configFile: false });
  await builder.buildApp();
  return folder;
}

/** The sources inside each file of a script, relative to the project; the entry first. */
async function modulesOf(environment: string): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-build-'));
  const builder = await createBuilder({ ...buildInto(folder), configFile: false });
  const target = builder.environments[environment];
  assert.ok(target);
  const [output] = [await builder.build(target)].flat() as Rolldown.RolldownOutput[];
  rmSync(folder, { recursive: true, force: true });
  const chunks = output?.output.filter((file) => file.type === 'chunk') ?? [];
  assert.equal(chunks[0]?.isEntry, true);
  return chunks.map(({ modules }) => Object.keys(modules).map((id) => id.replace(root, '')));
}

const hash = (name: 'sha256' | 'sha384', path: string) => createHash(name).update(readFileSync(path)).digest('base64');

describe('the scripts that pages load', () => {
  // What stands in the project is one build of two: each takes 14 s of a processor.
  const one = `${root}dist`;
  let other = '';
  before(async () => {
    requireBuild();
    other = await build();
  });
  after(() => rmSync(other, { recursive: true, force: true }));

  test('have the same bytes from the same sources', () => {
    const names = readdirSync(join(one, 'cdn')).sort();
    assert.deepEqual(names, readdirSync(join(other, 'cdn')).sort());
    for (const name of names) {
      assert.equal(hash('sha256', join(one, 'cdn', name)), hash('sha256', join(other, 'cdn', name)), name);
    }
  });

  const scriptsIn = (folder: string) =>
    (JSON.parse(readFileSync(join(folder, 'cdn/manifest.json'), 'utf8')) as { scripts: Record<string, Listed> })
      .scripts;
  const textOf = (name: string) => readFileSync(join(one, 'cdn', name), 'utf8');

  test('stand in the manifest under their versioned names with their integrity', () => {
    const listed = Object.values(scriptsIn(one));
    assert.deepEqual(
      listed.map(({ path }) => path),
      [UPLOAD, RECIPIENT, WHOLE, FRAME, EMBED],
    );
    const files = listed.flatMap(({ chunks, ...entry }) => [entry, ...chunks]);
    const entries = listed.map(({ path }) => path);
    for (const { path, integrity } of files) {
      const name = entries.includes(path) ? 'sha384' : 'sha256';
      assert.equal(integrity, `${name}-${hash(name, join(one, 'cdn', path))}`, path);
    }
    const built = readdirSync(join(one, 'cdn')).filter((name) => name.endsWith('.js'));
    assert.deepEqual(files.map(({ path }) => path).sort(), built.sort());
  });

  /** What each file loads at a later time: lists of names with their hashes, as they stand in it. */
  const loadsOf = (name: string): (readonly [path: string, integrity: string])[][] =>
    [...textOf(name).matchAll(/\(\[(\["[^"]+\.js","sha256-[^"]+"\],?)+\]\)/g)].map(([list]) =>
      JSON.parse(list.slice(1, -1)),
    );
  const importsOf = (name: string): string[] =>
    ts.preProcessFile(textOf(name), true, true).importedFiles.map(({ fileName }) => fileName.replace('./', ''));

  for (const name of [UPLOAD, RECIPIENT]) {
    test(`${name} imports nothing by itself, and its bytes hold the hash of each of its chunks, or lead to one that does`, () => {
      assert.deepEqual(importsOf(name), []);
      const { chunks = [] } = Object.values(scriptsIn(one)).find(({ path }) => path === name) ?? {};
      const hashes = new Map(chunks.map(({ path, integrity }) => [path, integrity]));
      const covered = new Set([name]);
      for (const file of covered) {
        for (const [path, integrity] of loadsOf(file).flat()) {
          assert.equal(integrity, hashes.get(path), `${path} in ${file}`);
          covered.add(path);
        }
      }
      assert.deepEqual([...covered].sort(), [name, ...hashes.keys()].sort());
    });
  }

  test('a chunk imports only its entry, and chunks that whoever loads it has or loads before it', () => {
    for (const { path: entry, chunks } of Object.values(scriptsIn(one))) {
      const all = (name: string): string[] => importsOf(name).flatMap((other) => [other, ...all(other)]);
      for (const loader of [entry, ...chunks.map(({ path }) => path)]) {
        for (const list of loadsOf(loader)) {
          const here = new Set([entry, loader, ...all(loader)]);
          for (const [path] of list) {
            assert.deepEqual(
              importsOf(path).filter((name) => !here.has(name)),
              [],
              `${path}, from ${loader}`,
            );
            here.add(path);
          }
        }
      }
    }
  });

  test('a language waits for nothing but itself: the first paint waits for it', () => {
    const languages = Object.values(scriptsIn(one)).flatMap(({ path: entry, chunks }) =>
      chunks.filter(({ path }) => /-(de|ar)\.js$/.test(path)).map(({ path }) => ({ path, entry })),
    );
    assert.equal(languages.length, 4);
    for (const { path, entry } of languages)
      assert.deepEqual(
        importsOf(path).filter((name) => name !== entry),
        [],
        path,
      );
  });

  test('the helpers of the bundler are no file of their own, which all the others would wait for', () => {
    const names = readdirSync(join(one, 'cdn'));
    assert.deepEqual(
      names.filter((name) => name.includes('runtime')),
      [],
    );
    assert.match(textOf(`secure-upload@${version}.rest.js`), /export const bundlerRuntime=/);
  });

  test('what only our own rooms call by name has short names, in all files the same; what others know keeps its own', () => {
    const rest = textOf(`secure-upload@${version}.rest.js`);
    const [, short = ''] = /\b(\w+):"Uploads are paused"/.exec(rest) ?? [];
    assert.match(short, /^[a-zA-Z]{2}$/);
    assert.match(textOf(`secure-upload@${version}.uploader-de.js`), new RegExp(`\\b${short}:"`));
    assert.equal(/pausedHeading/.test(rest), false);
    // An attribute, an event's detail, the wire, the browser, Uppy.
    for (const name of ['startBy', 'submitBy', 'max_file_bytes', 'preventDefault']) {
      assert.match(textOf(UPLOAD) + rest, new RegExp(`\\b${name}\\b`), name);
    }
    assert.match(textOf(`secure-upload@${version}.engine.js`), /\bbytesUploaded\b/);
  });

  test('each makes one Trusted Types policy, under a name of its own, and none that a page with a Lit has already', () => {
    const madeIn = (name: string): string[] =>
      [...textOf(name).matchAll(/\bcreatePolicy\(("[^"]*")?/g)].map(([, given = 'no name']) => given);
    for (const [name, { path, chunks }] of Object.entries(scriptsIn(one))) {
      const own = name === 'recipient-consent' ? ['"recipient-consent"'] : ['"secure-upload"'];
      assert.deepEqual(madeIn(path), [FRAME, EMBED].includes(path) ? [] : own, path);
      for (const chunk of chunks) assert.deepEqual(madeIn(chunk.path), [], chunk.path);
    }
  });

  test('the one in a single file needs no second one', () => {
    assert.deepEqual(ts.preProcessFile(textOf(WHOLE), true, true).importedFiles, []);
  });

  for (const name of [UPLOAD, RECIPIENT, WHOLE, FRAME, EMBED]) {
    test(`${name} is minified, needs no bundler and says where the licences are`, () => {
      const text = textOf(name);
      // The bundler indents with tabs what it has not minified; templates keep the spaces of their source.
      assert.equal(text.match(/^\t/gm), null);
      assert.equal(text.match(/process\.env|ENTRY_NAME/g), null);
      const licences = name.replace(/\.js$/, '.licenses.md');
      // The first line of what all runs before the first paint: compile it while it comes.
      assert.ok(
        text.startsWith([UPLOAD, RECIPIENT].includes(name) ? '//# allFunctionsCalledOnLoad\n/*! ' : '/*! ') &&
          text.includes(licences),
      );
      // What stands around the frame, and what speaks for it, need no Lit.
      assert.match(textOf(licences), [FRAME, EMBED].includes(name) ? /## valibot/ : /## lit-html/);
      assert.equal(textOf(licences).includes('## lit-html'), ![FRAME, EMBED].includes(name));
    });
  }

  test('what a page loads for the frame is 6.4 kB, of which 0.3 give a form its uploads back', () => {
    const bytes = gzipSync(textOf(FRAME), { level: 9 }).length;
    assert.ok(bytes <= 6400, `${bytes} bytes`);
  });

  test('the picker is drawn before the engine, the sign-in and the worker are loaded', async () => {
    const [entry = [], ...chunks] = await modulesOf('uploadScript');
    const late = /oauth4webapi|@uppy\/|^src\/(identity\/identity|transfer\/(file-transfer|hash-worker-source))\.ts/;
    assert.deepEqual(
      entry.filter((id) => late.test(id)),
      [],
    );
    assert.ok(chunks.flat().some((id) => late.test(id)));
  });

  test("the recipient's script holds neither the upload engine nor the sign-in", async () => {
    const modules = (await modulesOf('recipientScript')).flat();
    assert.ok(modules.includes('src/elements/recipient-consent/define.ts'));
    const wrong = modules.filter((id) => /@uppy\/|^src\/(transfer|elements\/(secure-upload|send-link))\//.test(id));
    const identity = modules.filter((id) => id.startsWith('src/identity/'));
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      identity.filter((id) => !/\/(proof|proven-fetch|base64url|nonces?)\.ts$/.test(id)),
      [],
    );
  });

  test('the command imports nothing but Node itself', () => {
    const text = readFileSync(join(one, 'bin/secure-upload.js'), 'utf8');
    const imports = [...text.matchAll(/^import .*?from ["']([^"']+)["']/gm)].map(([, name]) => name ?? '');
    assert.deepEqual(
      imports.filter((name) => !name.startsWith('node:')),
      [],
    );
  });
});
