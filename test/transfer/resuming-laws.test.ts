import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { settled } from '../support/page-clock.ts';
import { large } from '../support/parts-bench.ts';
import { ResumeBench } from '../support/resume-bench.ts';

const ID = 'upload-1';
const SLOTS = 6;
const MB = 1024 * 1024;
const ALL = Array.from({ length: 18 }, (_, i) => i + 1);
const FILE = large('a.zip');

/** One page's life: which of the running requests end, one after another; which of the others still arrive after its end. */
const life = fc.record({
  ends: fc.array(fc.nat(SLOTS - 1), { maxLength: 7 }),
  arrive: fc.array(fc.boolean(), { minLength: SLOTS, maxLength: SLOTS }),
  /** ms before the crash: the record may or may not have been written. */
  rest: fc.constantFrom(0, 300, 1500),
  isChecked: fc.boolean(),
  /** Part size of uploads that begin now; nothing to those that have begun. */
  partBytes: fc.constantFrom(MB, 2 * MB, 5 * MB),
});

describe('for any lives and deaths of the pages before', () => {
  test('the last page sends each missing part once and no other, and the object is the file', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 3 }), async (lives) => {
        const bench = new ResumeBench();
        const { far } = bench;
        let sentBytes = 0;
        const countSent = () => {
          const parts = far.puts.splice(0).map((put) => Number(put.split(' ')[1]));
          sentBytes += parts.length * MB;
          return parts.sort((a, b) => a - b);
        };
        for (const [i, { ends, arrive, rest, isChecked, partBytes }] of lives.entries()) {
          far.isManual = true;
          const page = bench.page();
          if (i > 0 && isChecked) assert.equal(await page.check(ID, FILE), 'same');
          void page.send(FILE, i > 0 ? ID : undefined);
          await settled();
          for (const end of ends) await far.running[end]?.end({ kind: 'stored' });
          await far.clock.pass(rest);
          await page.crash();
          for (const [at, put] of [...far.running].entries()) if (arrive[at]) await put.end({ kind: 'stored' });
          far.running.length = 0;
          far.partBytes = partBytes;
        }
        countSent();
        far.isManual = false;
        const upload = far.uploads.get(ID) ?? assert.fail('no upload');
        const isOver = upload.state === 'stored';
        const missing = ALL.filter((number) => !upload.parts.has(number));
        const last = bench.page();
        if (isOver && bench.store.records.size === 0) return;
        await far.finish(last.send(FILE, ID));
        assert.deepEqual(countSent(), missing);
        assert.deepEqual([far.starts.length, far.completed], [1, [ID]]);
        assert.ok(upload.object && Buffer.from(upload.object).equals(Buffer.from(await FILE.arrayBuffer())));
        assert.ok(sentBytes <= (ALL.length + lives.length * SLOTS) * MB, `${sentBytes} bytes`);
        assert.deepEqual([bench.store.records.size, bench.locks.held.size], [0, 0]);
      }),
      { numRuns: 12 },
    );
  });
});
