import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ProblemCode } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import type { PutOutcome } from '../../src/transfer/ports.ts';
import { settled } from '../support/page-clock.ts';
import { large, PartsBench } from '../support/parts-bench.ts';
import { problem } from '../support/upload-bench.ts';

const MB = 1024 * 1024;
const RUNS = 25;

/** Fewer than the tries of one step, so that none of them may end a file. */
const FAULTS = 8;
const outcome: fc.Arbitrary<PutOutcome | 'lost-but-there'> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'lost' } as const) },
  { weight: 3, arbitrary: fc.constant('lost-but-there' as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'busy', retryAfterMs: 2000 } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'busy', retryAfterMs: undefined } as const) },
);
/** Before the call does anything, or after it did everything. */
const callFault = fc.record({
  call: fc.constantFrom('start', 'sign', 'status', 'complete'),
  isAfter: fc.boolean(),
  code: fc.constantFrom('store_down', 'broker_down', 'internal'),
});
/** What befalls the storage between the last part and the completion; what is found so a third time is believed. */
const decay = fc.array(fc.record({ number: fc.integer({ min: 1, max: 18 }), isLost: fc.boolean() }), { maxLength: 2 });
/** After so many steps of the clock. */
const presses = fc.array(
  fc.record({
    step: fc.integer({ min: 0, max: 30 }),
    file: fc.constantFrom('a.zip', 'b.zip', 'note.txt'),
    what: fc.constantFrom('pause', 'resume', 'tryNow'),
  }),
  { maxLength: 8 },
);
const story = fc.record({
  puts: fc.array(fc.record({ at: fc.integer({ min: 0, max: 50 }), outcome }), { maxLength: FAULTS }),
  calls: fc.array(callFault, { maxLength: FAULTS }),
  decay,
  presses,
  grantSeconds: fc.constantFrom(6, 30, 120),
  partBytes: fc.constantFrom(MB, 3 * MB, 5 * MB),
});

const fault = (code: 'store_down' | 'broker_down' | 'internal') =>
  code === 'broker_down' ? new UploadError(code) : problem(code satisfies ProblemCode);

describe('files in parts', () => {
  test('arrive bit for bit, each completed once, whatever is lost, refused, paused or decays on the way', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ puts, calls, decay, presses, grantSeconds, partBytes }) => {
        const bench = new PartsBench();
        Object.assign(bench, { grantSeconds, partBytes });
        let count = 0;
        bench.outcome = () => {
          const met = puts.find(({ at }) => at === count);
          count += 1;
          return met?.outcome ?? { kind: 'stored' };
        };
        const meet = (isAfter: boolean) => (call: string) => {
          const i = calls.findIndex((one) => one.call === call && one.isAfter === isAfter);
          const [met] = i === -1 ? [] : calls.splice(i, 1);
          if (met) throw fault(met.code);
        };
        const before = meet(false);
        bench.before = (call) => {
          before(call);
          const harm = call === 'complete' ? decay.shift() : undefined;
          for (const { parts, state } of harm ? bench.uploads.values() : []) {
            if (!harm || state !== 'open' || !parts.has(harm.number)) continue;
            if (harm.isLost) parts.delete(harm.number);
            else parts.set(harm.number, new Uint8Array(7));
          }
        };
        bench.after = meet(true);

        const files = [large('a.zip'), large('b.zip', 17 * MB), new File(['12345'], 'note.txt')];
        const sent = bench.send(...files);
        for (let step = 0; step <= 30; step++) {
          for (const { file, what } of presses.filter((press) => press.step === step)) {
            if (what === 'tryNow') bench.transfer.tryNow();
            else bench.transfer[what](file);
          }
          await settled();
          if (bench.clock.next !== null) await bench.clock.pass(bench.clock.next);
        }
        for (const { name } of files) bench.transfer.resume(name);
        await bench.finish(sent);

        assert.deepEqual(bench.told.filter((line) => !line.endsWith('finishing')).sort(), [
          'a.zip stored',
          'b.zip stored',
          'note.txt stored',
        ]);
        assert.equal(new Set(bench.completed).size, 3);
        assert.equal(bench.completed.length, 3);
        for (const file of files) {
          const { object } = bench.upload(file.name);
          assert.ok(object && Buffer.from(object).equals(new Uint8Array(await file.arrayBuffer())), file.name);
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
