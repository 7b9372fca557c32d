import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { extensionOf, kindOf } from '../../src/i18n/kinds.ts';

describe('kinds of files', () => {
  const rows: [string, string, string][] = [
    ['image/jpeg', 'a.jpg', 'photo'],
    ['image/png', 'a.png', 'image'],
    ['video/quicktime', 'a.mov', 'video'],
    ['application/pdf', 'a.pdf', 'pdf'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'a.docx', 'document'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'a.xlsx', 'table'],
    ['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'a.pptx', 'slides'],
    ['application/zip', 'a.zip', 'zip'],
    ['text/csv', 'a.csv', 'table'],
    ['text/plain', 'a.txt', 'text'],
    ['text/html', 'a.html', 'program'],
    ['', 'a.EXE', 'program'],
    ['', 'a.heic', 'photo'],
    ['application/octet-stream', 'a.pdf', 'pdf'],
    ['', 'no-ending', 'file'],
    ['application/x-unheard-of', 'a.xyz', 'file'],
  ];
  for (const [type, name, kind] of rows) {
    test(`${name} as "${type}" is of the kind ${kind}`, () => {
      assert.equal(kindOf(type, name), kind);
    });
  }

  test('an ending is what follows the last full stop, if something stands on both sides', () => {
    assert.deepEqual(['a.tar.GZ', '.profile', 'a.', 'a'].map(extensionOf), ['gz', '', '', '']);
  });
});
