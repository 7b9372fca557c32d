import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { StartedUploads } from '../../src/contract/index.ts';
import { jpeg, TABLE_LIMITS } from '../policy/cases/bytes.ts';
import { CONFUSING, type ConfusingFile } from '../policy/cases/confusing-files.ts';
import { HOSTILE_NAMES } from '../policy/cases/hostile-names.ts';
import { verdictOf } from '../policy/cases/verdict.ts';
import { factsOf, put, UploadRig } from '../support/upload-rig.ts';

/** What a page that lies says its bytes are: what the name promises. */
const PROMISED: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  png: 'image/png',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  doc: 'application/x-ole-storage',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
  csv: 'text/plain',
  txt: 'text/plain',
  md: 'text/plain',
};

describe('the broker judges as the element does', () => {
  let rig: UploadRig;
  before(async () => {
    rig = await UploadRig.start({ template: (template) => ({ ...template, limits: TABLE_LIMITS }) });
  });
  after(() => rig.close());

  /** Told a lie about the bytes, then given them. */
  async function judged({ name, type, bytes }: ConfusingFile, person: string): Promise<string> {
    const promised = PROMISED[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? '';
    const answer = await rig.post('/v1/uploads', { files: [factsOf(name, type, bytes, promised)] }, { person });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const [started] = (answer.body as StartedUploads).files;
    assert.ok(started);
    if ('problem' in started) return verdictOf(started.problem);
    const { id, grant } = started.upload;
    assert.ok(grant && 'headers' in grant);
    assert.equal(await put(grant, bytes), 200);
    return verdictOf((await rig.complete(id, { person })).problem);
  }

  for (const file of CONFUSING) {
    // What such a page says of a heard type cannot be compared: only the bytes tell what was found.
    const isTold = /^(file_type|file_heic)/.test(file.verdict);
    test(`${file.what}, from a page that lies: ${file.verdict}`, async () => {
      const verdict = await judged(file, 'liar');
      if (isTold) assert.equal(verdict.split(' ')[0], file.verdict.split(' ')[0]);
      else assert.equal(verdict, file.verdict);
    });
  }

  for (const { family, verdict, names } of HOSTILE_NAMES) {
    test(`names: ${family}: ${verdict}`, async () => {
      const bytes = jpeg();
      const verdicts: (readonly [string, string])[] = [];
      for (let at = 0; at < names.length; at += 100) {
        const files = names.slice(at, at + 100).map((name) => factsOf(name, 'image/jpeg', bytes));
        const answer = await rig.post('/v1/uploads', { files }, { person: `${family} ${at}` });
        assert.equal(answer.status, 201, JSON.stringify(answer.body));
        const told = (answer.body as StartedUploads).files;
        for (const [i, one] of told.entries()) {
          verdicts.push([names[at + i] ?? '', verdictOf('problem' in one ? one.problem : null)]);
        }
      }
      assert.deepEqual(
        verdicts,
        names.map((name) => [name, verdict]),
      );
    });
  }
});
