import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';

const text = readFileSync(`${root}docs/theming.md`, 'utf8');
const element = readFileSync(`${root}src/elements/secure-upload/secure-upload.ts`, 'utf8');
const sources = ['src/elements', 'src/styles']
  .flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => readFileSync(`${root}${folder}/${path}`, 'utf8')),
  )
  .join('\n');

const all = (pattern: RegExp, where: string) =>
  [...new Set([...where.matchAll(pattern)].map(([, name]) => name))].sort();

describe('what docs/theming.md promises', () => {
  test('are the properties that the styles read, and that the element names', () => {
    const told = all(/^\| `(--su-[a-z-]+)`/gm, text);
    assert.deepEqual(told, all(/var\((--su-[a-z-]+)/g, sources));
    assert.deepEqual(told, all(/@cssproperty (--su-[a-z-]+)/g, element));
  });

  test('are the parts that the element names, and that stand in its templates', () => {
    const [, list = ''] = /`::part\(name\)`: ([^.]+)\./.exec(text) ?? [];
    const told = list.split(/,\s+/).sort();
    assert.deepEqual(told, all(/@csspart (\S+)/g, element));
    const drawn = all(/part="([a-z]+)"/g, sources);
    assert.deepEqual(
      told.filter((part) => !drawn.includes(part)),
      [],
    );
  });

  test('are the slots that the element names and draws', () => {
    const told = all(/^\| `([a-z]+)` \|/gm, text);
    assert.deepEqual(told, all(/@slot ([a-z]+) -/g, element));
    assert.deepEqual(told, all(/<slot name="([a-z]+)"/g, sources));
  });
});
