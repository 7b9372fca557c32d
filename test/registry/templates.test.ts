import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readTemplate, readTemplates } from '../../demo/registry/templates.ts';

const [known] = readTemplates().values();

describe('a template', () => {
  test('is read as it stands in its file', () => {
    assert.ok(known);
    assert.deepEqual(readTemplate(known.id, JSON.stringify(known)), known);
  });

  test('that promises a virus check stops the start: nobody makes one', () => {
    assert.ok(known);
    assert.throws(() => readTemplate(known.id, JSON.stringify({ ...known, scan: true })), /promises a virus check/);
  });

  test('that bears the name of another file stops the start', () => {
    assert.throws(() => readTemplate('other', JSON.stringify(known)), /templates\/other\.json names itself /);
  });
});
