import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { root } from '../../build/root.ts';
import { COMPATIBLE, licencesPage, runtimeDependencies } from './licences.ts';

describe('licences', () => {
  test('every package that is installed with this one may go into a product under MIT', () => {
    const packages = runtimeDependencies();
    assert.ok(packages.some(({ name }) => name === 'lit'));
    assert.deepEqual(
      packages.filter(({ licence }) => !COMPATIBLE.has(licence)),
      [],
    );
  });

  test('docs/licences.md lists them all (npm run licences writes it)', () => {
    assert.equal(readFileSync(`${root}docs/licences.md`, 'utf8'), licencesPage());
  });
});
