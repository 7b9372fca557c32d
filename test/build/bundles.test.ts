import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import ts from 'typescript';
import { createBuilder, type Rolldown } from 'vite';
import { buildInto, root } from '../../vite.config.ts';

const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
const UPLOAD = `secure-upload@${version}.js`;
const RECIPIENT = `recipient-consent@${version}.js`;

/** Builds as `npm run build` does, into a folder of its own. */
async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'secure-upload-build-'));
  const builder = await createBuilder({ ...buildInto(folder), configFile: false });
  await builder.buildApp();
  return folder;
}

/** The sources inside a bundle, relative to the project. */
async function modulesOf(environment: string, folder: string): Promise<string[]> {
  const builder = await createBuilder({ ...buildInto(folder), configFile: false });
  const target = builder.environments[environment];
  assert.ok(target);
  const [output] = [await builder.build(target)].flat() as Rolldown.RolldownOutput[];
  const [chunk, ...others] = output?.output.filter(({ type }) => type === 'chunk') ?? [];
  assert.ok(chunk?.type === 'chunk' && others.length === 0);
  return Object.keys(chunk.modules).map((id) => id.replace(root, ''));
}

const hash = (name: 'sha256' | 'sha384', path: string) => createHash(name).update(readFileSync(path)).digest('base64');

describe('the scripts that pages load', () => {
  let one = '';
  let other = '';
  before(async () => {
    one = await build();
    other = await build();
  });
  after(() => {
    for (const folder of [one, other]) rmSync(folder, { recursive: true, force: true });
  });

  test('have the same bytes from the same sources', () => {
    const names = readdirSync(join(one, 'cdn')).sort();
    assert.deepEqual(names, readdirSync(join(other, 'cdn')).sort());
    for (const name of names) {
      assert.equal(hash('sha256', join(one, 'cdn', name)), hash('sha256', join(other, 'cdn', name)), name);
    }
  });

  test('stand in the manifest under their versioned names with their integrity', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(one, 'cdn/manifest.json'), 'utf8'));
    const entry = (path: string) => ({ path, integrity: `sha384-${hash('sha384', join(one, 'cdn', path))}` });
    assert.deepEqual(manifest, {
      version,
      files: { 'secure-upload': entry(UPLOAD), 'recipient-consent': entry(RECIPIENT) },
    });
  });

  for (const name of [UPLOAD, RECIPIENT]) {
    test(`${name} needs no second file and no bundler`, () => {
      const text = readFileSync(join(one, 'cdn', name), 'utf8');
      assert.deepEqual(ts.preProcessFile(text, true, true).importedFiles, []);
      assert.equal(text.match(/process\.env/g), null);
    });

    test(`${name} is minified and says where the licences are`, () => {
      const text = readFileSync(join(one, 'cdn', name), 'utf8');
      // The bundler indents with tabs what it has not minified; templates keep the spaces of their source.
      assert.equal(text.match(/^\t/gm), null);
      const licences = name.replace(/\.js$/, '.licenses.md');
      assert.ok(text.startsWith(`/*! `) && text.includes(licences));
      assert.match(readFileSync(join(one, 'cdn', licences), 'utf8'), /## lit-html/);
    });
  }

  test("the recipient's script holds neither the upload engine nor the sign-in", async () => {
    const modules = await modulesOf('recipientBundle', one);
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
