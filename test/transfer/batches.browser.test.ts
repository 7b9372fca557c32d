import { expect } from '@open-wc/testing';
import { BatchKeeper, type KeepingPorts } from '../../src/transfer/batch-keeper.ts';
import { batchPrefix, hasBatches } from '../../src/transfer/batch-names.ts';
import { KeptBatches } from '../../src/transfer/kept-batches.ts';
import type { BatchProgress, LeftBatch } from '../../src/transfer/ports.ts';

const BROKER = 'https://broker.example';
const PREFIX = batchPrefix(BROKER);
const NOW = Date.parse('2026-03-02T09:00:00Z');
const DAY = 24 * 60 * 60_000;
const OWNER = { app: 'cases', person: 'person-jo' };
const JO = { id: 'person-jo' };
const quiet = () => {};

const progress = (arrived: number, of = 10, reference: string | null = '7F3K92QD'): BatchProgress => ({
  arrived,
  of,
  reference,
});
const entries = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
const written = () => entries().map((key) => JSON.parse(localStorage.getItem(key) ?? ''));
const counts = (left: readonly LeftBatch[]) => left.map(({ arrived, of }) => `${arrived} of ${of}`);

/** Resolves with the first answer that is not false. */
async function until<Answer>(ask: () => Answer | false | Promise<Answer | false>): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer !== false) return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('batches that outlive their page', () => {
  let now = NOW;
  let isHidden = false;
  let turn = quiet;
  let due = quiet;
  const clock = {
    now: () => now,
    after: (_ms: number, act: () => void) => {
      due = act;
      return () => {
        due = quiet;
      };
    },
  };
  const ports: KeepingPorts & { storage: () => Storage } = {
    storage: () => localStorage,
    locks: () => navigator.locks,
    clock,
    page: {
      isHidden: () => isHidden,
      onTurn: (act) => {
        turn = act;
        return () => {
          turn = quiet;
        };
      },
    },
  };
  let keepers: BatchKeeper[] = [];
  let readers: KeptBatches[] = [];
  const keeper = (more: Partial<KeepingPorts> = {}) => {
    const made = new BatchKeeper(BROKER, { ...ports, ...more });
    keepers.push(made);
    return made;
  };
  const reader = (more: Partial<typeof ports> = {}) => {
    const made = new KeptBatches(BROKER, { ...ports, ...more });
    readers.push(made);
    return made;
  };
  const heldHere = async () =>
    ((await navigator.locks.query()).held ?? []).filter(({ name }) => name?.startsWith(PREFIX));
  const isWritten = () => until(() => entries().length > 0 && true);

  beforeEach(() => {
    now = NOW;
    isHidden = false;
    turn = quiet;
    due = quiet;
  });
  afterEach(async () => {
    for (const one of keepers) one.close();
    for (const one of readers) one.close();
    keepers = [];
    readers = [];
    await until(async () => (await heldHere()).length === 0);
    for (const key of entries()) localStorage.removeItem(key);
  });

  const leave = (key: string, entry: unknown) =>
    localStorage.setItem(PREFIX + key, typeof entry === 'string' ? entry : JSON.stringify(entry));
  const entry = (more: Record<number, unknown> = {}) =>
    Object.assign([1, 'cases', 'person-jo', 6, 10, '7F3K92QD', NOW - 2000, NOW - 1000], more);

  it('hold two numbers, a reference and times, and nothing of any file', async () => {
    keeper().keep(progress(3), OWNER);
    await isWritten();
    expect(written()).to.deep.equal([[1, 'cases', 'person-jo', 3, 10, '7F3K92QD', NOW, NOW]]);
  });

  it('are not told while their page is there, and are once it is thrown away', async () => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<script type="module">
      const { BatchKeeper } = await import('${location.origin}/src/transfer/batch-keeper.ts');
      const keeper = new BatchKeeper('${BROKER}', {
        storage: () => localStorage,
        locks: () => navigator.locks,
        clock: { now: () => ${NOW}, after: () => () => {} },
        page: { isHidden: () => false, onTurn: () => () => {} },
      });
      keeper.keep({ arrived: 6, of: 10, reference: null }, ${JSON.stringify(OWNER)});
    </script>`;
    document.body.append(frame);
    await isWritten();
    const kept = reader();
    let asked = quiet;
    const again = new Promise<void>((resolve) => {
      asked = resolve;
    });
    expect(await kept.find('cases', JO, asked)).to.deep.equal([]);
    frame.remove();
    await again;
    expect(counts(await kept.find('cases', JO, quiet))).to.deep.equal(['6 of 10']);
  });

  it('are written at most once a second, and what is last is written when the page goes', async () => {
    const own = keeper();
    own.keep(progress(0), OWNER);
    await isWritten();
    own.keep(progress(1), OWNER);
    own.keep(progress(2), OWNER);
    expect(written()[0]?.[3]).to.equal(0);
    now += 1000;
    due();
    expect(written()[0]?.slice(3)).to.deep.equal([2, 10, '7F3K92QD', NOW, NOW + 1000]);
    own.keep(progress(3), OWNER);
    turn();
    expect(written()[0]?.[3]).to.equal(3);
  });

  it('are gone when the person can see their end', async () => {
    const own = keeper();
    own.keep(progress(9), OWNER);
    await isWritten();
    own.end(progress(10));
    expect(entries()).to.deep.equal([]);
    await until(async () => (await heldHere()).length === 0);
  });

  it('are kept to their end where that comes out of sight, until it is seen', async () => {
    const own = keeper();
    own.keep(progress(9), OWNER);
    await isWritten();
    isHidden = true;
    own.end(progress(10));
    own.end(progress(0, 0));
    expect(written()[0]?.slice(3, 5)).to.deep.equal([10, 10]);
    turn();
    expect(entries().length).to.equal(1);
    isHidden = false;
    turn();
    expect(entries()).to.deep.equal([]);
  });

  it('that failed are kept for a moment more: WebKit cuts what a page sends before it tells that the page goes', async () => {
    const own = keeper();
    own.keep(progress(6), OWNER);
    await isWritten();
    own.end(progress(7));
    expect(written()[0]?.slice(3, 5)).to.deep.equal([7, 10]);
    due();
    expect(entries()).to.deep.equal([]);
  });

  it('that are tried again within that moment go on', async () => {
    const own = keeper();
    own.keep(progress(6), OWNER);
    await isWritten();
    own.end(progress(7));
    own.keep(progress(8), null);
    due();
    expect(written()[0]?.slice(3, 5)).to.deep.equal([8, 10]);
  });

  it('that ended before anything could be written leave nothing', async () => {
    const own = keeper();
    own.keep(progress(0), OWNER);
    own.end(progress(0, 0));
    await until(async () => (await heldHere()).length === 0);
    expect(entries()).to.deep.equal([]);
    own.keep(progress(1), OWNER);
    await isWritten();
    expect(written()[0]?.[3]).to.equal(1);
  });

  it('of a box that left the page are told by the next one', async () => {
    const own = keeper();
    own.keep(progress(4), OWNER);
    await isWritten();
    own.keep(progress(5), OWNER);
    own.close();
    await until(async () => (await heldHere()).length === 0);
    expect(counts(await reader().find('cases', JO, quiet))).to.deep.equal(['5 of 10']);
  });

  it('are kept only for whoever began them', async () => {
    const own = keeper();
    own.keep(progress(0), null);
    expect(await heldHere()).to.deep.equal([]);
    own.keep(progress(1), OWNER);
    own.keep(progress(2), null);
    await isWritten();
    expect(written()[0]?.slice(1, 4)).to.deep.equal(['cases', 'person-jo', 2]);
  });

  it('are found by app, and by person once somebody is signed in, the newest first', async () => {
    leave('a', entry());
    leave('b', entry({ 3: 7, 7: NOW }));
    leave('c', entry({ 2: 'person-kim', 3: 8 }));
    leave('d', entry({ 1: 'other', 3: 9 }));
    expect(counts(await reader().find('cases', JO, quiet))).to.deep.equal(['7 of 10', '6 of 10']);
    expect((await reader().find('cases', null, quiet)).length).to.equal(3);
    expect(hasBatches(BROKER)).to.equal(true);
    expect(hasBatches('https://other.example')).to.equal(false);
  });

  it('are forgotten by name', async () => {
    leave('a', entry());
    leave('b', entry());
    reader().forget(['a', 'c']);
    expect(entries()).to.deep.equal([`${PREFIX}b`]);
  });

  const strange: Record<string, unknown> = {
    'no JSON': '{"',
    nothing: '',
    'another shape': { version: 1 },
    'more that arrived than there were': entry({ 3: 11 }),
    'none at all': entry({ 3: 0, 4: 0 }),
    'fewer than none': entry({ 3: -1 }),
    'half a file': entry({ 3: 0.5 }),
    'a number in words': entry({ 3: '6' }),
    'more files than there can be': entry({ 4: 9e15 }),
    'markup for a reference': entry({ 5: '<b>7F3K9' }),
    'no time': entry({ 7: null }),
    'a week and a moment': entry({ 7: NOW - 7 * DAY - 1 }),
    'a person that is none': entry({ 2: { toString: 'person-jo' } }),
  };
  for (const [what, value] of Object.entries(strange)) {
    it(`with ${what} in them are cleared away`, async () => {
      leave('strange', value);
      leave('fine', entry());
      expect(counts(await reader().find('cases', JO, quiet))).to.deep.equal(['6 of 10']);
      expect(entries()).to.deep.equal([`${PREFIX}fine`]);
    });
  }

  it('of another version of the script are left to it', async () => {
    leave('later', [2, { app: 'cases' }]);
    expect(await reader().find('cases', JO, quiet)).to.deep.equal([]);
    expect(entries()).to.deep.equal([`${PREFIX}later`]);
  });

  it('that come from tomorrow, because the clock was set back, are of now', async () => {
    leave('a', entry({ 6: NOW + DAY, 7: NOW + DAY }));
    const [found] = await reader().find('cases', JO, quiet);
    expect(found?.at).to.equal(NOW);
  });

  it('cost nothing where the browser refuses storage or locks, or has no room left', async () => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    const full = { ...localStorage, removeItem: quiet, setItem: () => refuse() };
    for (const more of [{ storage: refuse }, { locks: refuse }, { storage: () => full }]) {
      const own = keeper(more);
      own.keep(progress(1), OWNER);
      await until(async () => 'locks' in more || (await heldHere()).length > 0);
      own.keep(progress(2), OWNER);
      turn();
      own.end(progress(10));
      await until(async () => (await heldHere()).length === 0);
      expect(entries()).to.deep.equal([]);
    }
    reader({ storage: refuse }).forget(['a']);
  });
});
