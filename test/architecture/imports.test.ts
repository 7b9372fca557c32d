import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { root } from '../../build/root.ts';
import { type Arrow, isAllowed, roomOf } from './rooms.ts';

/** Every import of a file: static, dynamic and of types alone. */
function arrowsOf(file: string): Arrow[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(root + file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => ({
    from: file,
    to: fileName.startsWith('.') ? posix.join(posix.dirname(file), fileName) : fileName,
  }));
}

/** One line for each arrow that leads back to where the way began. */
function circlesAmong(among: readonly Arrow[]): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' imports '));
    if (way.includes(file) || done.has(file)) return;
    for (const { to } of among.filter(({ from }) => from === file)) follow(to, [...way, file]);
    done.add(file);
  };
  for (const { from } of among) follow(from, []);
  return circles;
}

const arrows = ['src', 'demo', 'bin'].flatMap((folder) =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter((path) => /\.(ts|mjs|js)$/.test(path))
    .flatMap(arrowsOf),
);
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
};

describe('who may import whom', () => {
  test('every file of the product is read', () => {
    assert.ok(arrows.some(({ from }) => from === 'src/contract/uploads.ts'));
    assert.ok(arrows.some(({ from }) => from.startsWith('demo/broker/')));
  });

  test('every arrow is one that the rooms allow', () => {
    const wrong = arrows.filter((arrow) => !isAllowed(arrow));
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} imports ${to}: ${roomOf(from)} may not import ${roomOf(to)}`),
      [],
    );
  });

  test('what ships imports only packages that are installed with it', () => {
    const shipped = new Set(Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }));
    const wrong = arrows
      .filter(({ from, to }) => from.startsWith('src/') && roomOf(to).startsWith('package '))
      .filter(({ to }) => !shipped.has(roomOf(to).slice('package '.length)));
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} imports ${to}, which package.json does not list`),
      [],
    );
  });

  // Also by a type or a late import: whoever reads one of a circle has to read them all.
  test('no file of the product imports itself by way of others', () => {
    assert.deepEqual(circlesAmong(arrows), []);
  });

  test('a circle is seen, and said from file to file', () => {
    const circle = [
      { from: 'start', to: 'a' },
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ];
    assert.deepEqual(circlesAmong(circle), ['a imports b imports a']);
    assert.deepEqual(circlesAmong(circle.slice(0, 2)), []);
  });

  // The rules themselves, tried on arrows that must never appear.
  for (const [from, to] of [
    ['src/contract/uploads.ts', 'node:crypto'],
    ['src/contract/uploads.ts', 'src/policy/type.ts'],
    ['src/policy/type.ts', 'src/errors.ts'],
    ['src/client/call.ts', 'src/identity/proof.ts'],
    ['src/transfer/transfer.ts', 'src/client/call.ts'],
    ['src/flow/upload-flow.ts', 'src/transfer/transfer.ts'],
    ['src/flow/upload-flow.ts', 'lit'],
    ['src/elements/secure-upload/secure-upload.ts', 'src/client/call.ts'],
    ['src/elements/secure-upload/secure-upload.ts', 'src/compose/recipient.ts'],
    ['src/elements/recipient-consent/recipient-consent.ts', 'src/compose/upload.ts'],
    ['src/compose/recipient.ts', 'src/transfer/transfer.ts'],
    ['src/compose/uppy.ts', 'src/flow/upload-flow.ts'],
    ['src/uppy/index.ts', 'src/compose/upload.ts'],
    ['src/verify/index.ts', 'src/errors.ts'],
    ['demo/broker/main.ts', 'src/flow/ports.ts'],
    ['demo/broker/main.ts', 'demo/storage/server.ts'],
    ['demo/s3-face/index.ts', 'demo/uploads/uploads.ts'],
    ['demo/site/server.ts', 'src/contract/index.ts'],
    ['src/index.ts', 'test/support/legs.ts'],
  ] as const) {
    test(`${from} may not import ${to}`, () => {
      assert.equal(isAllowed({ from, to }), false);
    });
  }
});
