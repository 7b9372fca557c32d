import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startTable } from '../../demo/start-table.ts';

describe('what npm start prints', () => {
  const started = {
    site: 'http://localhost:8080',
    broker: 'http://127.0.0.1:8081',
    provider: 'http://127.0.0.1:8082',
    storage: 'http://127.0.0.1:8083',
    inbox: 'http://localhost:8080/inbox',
    script: 'http://127.0.0.1:8081/v1/secure-upload@1.2.3.js',
    integrity: 'sha384-abc',
    takesUploads: true,
  };
  const linesOf = (more: object = {}) =>
    startTable({ ...started, ...more })
      .trimEnd()
      .split('\n');

  test('has the three lines to paste, as they are, and says where the origin of the page is added', () => {
    const lines = linesOf();
    const first = lines.findIndex((line) => line.includes('<script'));
    assert.match(lines[first - 2] ?? '', /`origins` of the app, in demo\/apps\.ts/);
    assert.deepEqual(
      lines.slice(first, first + 3).map((line) => line.trim()),
      [
        '<script type="module" src="http://127.0.0.1:8081/v1/secure-upload@1.2.3.js" integrity="sha384-abc" crossorigin></script>',
        '<secure-upload broker="http://127.0.0.1:8081" app="cs-screenshots"><a href="http://127.0.0.1:8081/u/cs-screenshots">Upload files</a>',
        '</secure-upload>',
      ],
    );
  });

  test('ends with what to do next: upload, or mend a storage that cannot be used', () => {
    assert.equal(linesOf().at(-1), 'Open http://localhost:8080 and upload something.');
    assert.equal(
      linesOf({ takesUploads: false }).at(-1),
      'Uploads are off: the storage at http://127.0.0.1:8083 cannot be used. "npm run doctor" says why. It is looked at again each minute.',
    );
  });
});
