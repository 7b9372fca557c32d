import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { release } from '../../demo/broker/release.ts';
import { BadRelease, readScripts } from '../../demo/broker/scripts.ts';

const NAMES = [
  'secure-upload',
  'recipient-consent',
  'secure-upload-whole',
  'secure-upload-frame',
  'secure-upload-embed',
];

describe('the scripts of all releases', () => {
  const parent = mkdtempSync(join(tmpdir(), 'su-releases-'));
  after(() => rmSync(parent, { recursive: true }));

  /** What a build leaves: a manifest and the files that it names, each with `text` in it. */
  const build = (version: string, text: string): URL => {
    const folder = mkdtempSync(join(parent, 'build-'));
    const file = (path: string, algorithm: string) => {
      writeFileSync(join(folder, path), text);
      return { path, integrity: `${algorithm}-${createHash(algorithm).update(text).digest('base64')}` };
    };
    const scripts = NAMES.map((name) => {
      const chunks = name === 'secure-upload' ? [file(`${name}@${version}.rest.js`, 'sha256')] : [];
      return [name, { ...file(`${name}@${version}.js`, 'sha384'), chunks }];
    });
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version, scripts: Object.fromEntries(scripts) }));
    return pathToFileURL(`${folder}/`);
  };
  const releases = (name: string): string => join(parent, name);
  const refused = (line: string) => (error: unknown) => error instanceof BadRelease && error.message === line;
  const isSays = (text: string) => (body: Uint8Array) => new TextDecoder().decode(body) === text;

  test('a version that was released is served beside the present one, with its chunks', () => {
    const folder = releases('beside');
    assert.equal(release(build('0.1.0', 'old'), folder), `Version 0.1.0 is released: ${join(folder, '0.1.0')}.`);
    const { version, upload, earlier, isReleased } = readScripts(build('0.2.0', 'new'), folder);
    assert.deepEqual([version, upload.path, isReleased], ['0.2.0', '/v1/secure-upload@0.2.0.js', false]);
    assert.deepEqual(
      earlier.map(({ path }) => path).sort(),
      [...NAMES.map((name) => `/v1/${name}@0.1.0.js`), '/v1/secure-upload@0.1.0.rest.js'].sort(),
    );
    assert.ok(earlier.map(({ body }) => body).every(isSays('old')));
  });

  test('a build counts as released when it stands there with the same bytes, and is there once', () => {
    const folder = releases('same');
    const built = build('0.1.0', 'a');
    assert.equal(readScripts(built).isReleased, false);
    release(built, folder);
    const { isReleased, earlier } = readScripts(built, folder);
    assert.deepEqual([isReleased, earlier], [true, []]);
    assert.equal(release(build('0.1.0', 'a'), folder), 'Version 0.1.0 is released already, with these bytes.');
  });

  test('a released version is never written again: other bytes are neither released nor served under its name', () => {
    const folder = releases('other');
    release(build('0.1.0', 'first'), folder);
    const other = build('0.1.0', 'second');
    assert.throws(
      () => release(other, folder),
      refused('Version 0.1.0 is released with other bytes. Raise the version in package.json.'),
    );
    assert.equal(readFileSync(join(folder, '0.1.0', 'secure-upload@0.1.0.js'), 'utf8'), 'first');
    assert.deepEqual(readdirSync(folder), ['0.1.0']);
    assert.throws(
      () => readScripts(other, folder),
      refused('Version 0.1.0 is released with other bytes. Give this build a version of its own.'),
    );
  });

  test('a released file that was changed is not served', () => {
    const folder = releases('changed');
    release(build('0.1.0', 'first'), folder);
    writeFileSync(join(folder, '0.1.0', 'secure-upload@0.1.0.rest.js'), 'worse');
    assert.throws(
      () => readScripts(build('0.2.0', 'new'), folder),
      refused(
        'secure-upload@0.1.0.rest.js of version 0.1.0 is not what its manifest says. Take the released file again.',
      ),
    );
  });

  test('a release that was broken off is none', () => {
    const folder = releases('broken-off');
    mkdirSync(join(folder, '.0.1.0.77'), { recursive: true });
    assert.deepEqual(readScripts(build('0.2.0', 'new'), folder).earlier, []);
  });
});
