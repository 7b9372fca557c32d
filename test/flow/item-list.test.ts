import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ItemList } from '../../src/flow/item-list.ts';
import type { Tally } from '../../src/flow/tally.ts';
import { ITEM_PHASES } from '../../src/flow/upload-phases.ts';
import type { ItemPhase, ItemSnapshot } from '../../src/flow/upload-snapshot.ts';
import { png } from '../support/upload-desk.ts';

const PHASES = Object.keys(ITEM_PHASES) as ItemPhase[];

/** What a tally says, and the same worked out from the rows themselves. */
const told = (tally: Tally) => ({
  total: tally.total,
  sent: tally.sent,
  phases: PHASES.map((phase) => [phase, tally.files(phase), tally.bytes(phase)]),
});
const worked = (items: readonly ItemSnapshot[]) => ({
  total: items.reduce((sum, { size }) => sum + size, 0),
  sent: items.reduce((sum, { sent }) => sum + sent, 0),
  phases: PHASES.map((phase) => {
    const its = items.filter((item) => item.phase === phase);
    return [phase, its.length, its.reduce((sum, { size }) => sum + size, 0)];
  }),
});

/** An act on the list, by figures that are folded into what is there. */
const act = fc.record({
  verb: fc.constantFrom('add', 'move', 'sent', 'remove', 'undo', 'drop', 'dropAll', 'clear'),
  at: fc.nat(40),
  figure: fc.nat(40),
});

function play(list: ItemList, { verb, at, figure }: { verb: string; at: number; figure: number }): void {
  const { all } = list;
  const item = all[at % Math.max(1, all.length)];
  const phase = item && ITEM_PHASES[item.phase][figure % Math.max(1, ITEM_PHASES[item.phase].length)];
  if (verb === 'add') {
    list.add(Array.from({ length: (at % 3) + 1 }, (_, i) => ({ file: png(`${figure}-${i}.png`, figure + i) })));
  } else if (verb === 'move' && item && phase) list.move(item.key, phase, { sent: figure % (item.size + 1) });
  else if (verb === 'sent' && item) list.setSent(item.key, figure % (item.size + 1));
  else if (verb === 'remove' && item) list.remove(item.key);
  else if (verb === 'undo') list.undoRemove();
  else if (verb === 'drop') list.drop(all.slice(at, at + 2).map(({ key }) => key));
  else if (verb === 'dropAll') list.dropAll(PHASES[figure % PHASES.length] ?? 'refused');
  else if (verb === 'clear' && figure === 0) list.clear();
}

describe('the list of files', () => {
  test('has sums that are those of its rows, whatever happens to them', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const list = new ItemList();
        for (const one of acts) {
          play(list, one);
          assert.deepEqual(told(list.tally), worked(list.all));
        }
      }),
    );
  });

  test('finds each row by its key, and no row that went', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const list = new ItemList();
        const keys = new Set<string>();
        for (const one of acts) {
          play(list, one);
          const here = new Map(list.all.map((item) => [item.key, item]));
          for (const key of here.keys()) keys.add(key);
          for (const key of keys) assert.equal(list.get(key), here.get(key));
        }
      }),
    );
  });

  test('never changes what it has handed out', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const list = new ItemList();
        const given = acts.map((one) => {
          const { all } = list;
          const copy = [...all];
          play(list, one);
          return { all, copy };
        });
        for (const { all, copy } of given) assert.deepEqual(all, copy);
      }),
    );
  });

  test('hands out the same rows while nothing changes', () => {
    const list = new ItemList();
    list.add([{ file: png('a.png') }]);
    assert.equal(list.all, list.all);
  });

  test('tells of each row that changes, comes or goes, and stops when asked to', () => {
    const list = new ItemList();
    const heard: (string | null)[][] = [];
    const stop = list.watch((before, after) => heard.push([before?.phase ?? null, after?.phase ?? null]));
    list.add([{ file: png('a.png') }]);
    list.ready('f1', 'image/png', {});
    list.remove('f1');
    list.undoRemove();
    stop();
    list.clear();
    assert.deepEqual(heard, [
      [null, 'preparing'],
      ['preparing', 'ready'],
      ['ready', null],
      [null, 'ready'],
    ]);
  });

  test('takes no way that a file cannot go', () => {
    const list = new ItemList();
    list.add([{ file: png('a.png') }]);
    assert.throws(() => list.move('f1', 'uploaded'), new TypeError('No way from preparing to uploaded'));
  });
});
