import { expect } from '@open-wc/testing';
import { deleteDB } from 'idb';
import { IndexedDbRecords } from '../../src/transfer/indexed-db-records.ts';
import type { UploadRecord } from '../../src/transfer/record.ts';
import { databaseName, probeRecords } from '../../src/transfer/records-probe.ts';
import { WebLocks } from '../../src/transfer/web-locks.ts';

const BROKER = 'https://broker.example';
const SUM = 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=';
const NOW = Date.parse('2026-03-02T09:00:00Z');

const record = (id: string, more: Partial<UploadRecord> = {}): UploadRecord => ({
  id,
  app: 'cases',
  person: 'person-jo',
  name: 'film.mp4',
  size: 40_000_000,
  lastModified: 1,
  partBytes: 8_388_608,
  edges: { head: SUM, tail: SUM },
  parts: new Map([[1, SUM]]),
  expiresAt: NOW + 1000,
  lastSentAt: NOW,
  ...more,
});

/** A page of its own; `sandbox` makes its origin opaque. What `script` posts is its answer. */
async function frame(script: string, sandbox?: string): Promise<{ answer: unknown; remove(): void }> {
  const element = document.createElement('iframe');
  if (sandbox !== undefined) element.setAttribute('sandbox', sandbox);
  const answer = new Promise((resolve) => {
    addEventListener('message', function hear({ data, source }) {
      if (source !== element.contentWindow) return;
      removeEventListener('message', hear);
      resolve(data);
    });
  });
  element.srcdoc = `<script type="module">
    const tell = (answer) => parent.postMessage(answer, '*');
    const clock = { now: () => ${NOW}, after: (ms, act) => { const t = setTimeout(act, ms); return () => clearTimeout(t); } };
    const record = ${JSON.stringify({ ...record('upload-9'), parts: [] })};
    const { IndexedDbRecords } = await import('${location.origin}/src/transfer/indexed-db-records.ts');
    const { WebLocks } = await import('${location.origin}/src/transfer/web-locks.ts');
    const { probeRecords } = await import('${location.origin}/src/transfer/records-probe.ts');
    ${script}
  </script>`;
  document.body.append(element);
  return { answer: await answer, remove: () => element.remove() };
}

/** A real request, whose events nobody hears. */
const unanswered = (open: IDBFactory['open']) =>
  function neverOpen(this: IDBFactory): IDBOpenDBRequest {
    return Object.defineProperty(open.call(this, 'nobody hears'), 'addEventListener', { value: () => {} });
  };

describe('records in IndexedDB', () => {
  let now = NOW;
  let late = () => {};
  const clock = {
    now: () => now,
    after: (_ms: number, act: () => void) => {
      late = act;
      return () => {};
    },
  };
  const page = (broker = BROKER) => new IndexedDbRecords(broker, clock);

  beforeEach(async () => {
    now = NOW;
    await deleteDB(`secure-upload ${BROKER}`);
  });

  it('are there for the next page as they were written', async () => {
    expect(await page().add(record('upload-1', { path: 'Trip/Day 1' }))).to.equal(true);
    expect(await page().find('upload-1')).to.deep.equal(record('upload-1', { path: 'Trip/Day 1' }));
    expect(await page().isAvailable()).to.equal(true);
  });

  it('are listed by app, and are one broker’s alone', async () => {
    await page().add(record('upload-1'));
    await page().add(record('upload-2', { app: 'other' }));
    expect((await page().ofApp('cases')).map(({ id }) => id)).to.deep.equal(['upload-1']);
    expect(await page('https://other.example').ofApp('cases')).to.deep.equal([]);
    await deleteDB('secure-upload https://other.example');
  });

  it('learn what was stored since', async () => {
    const here = page();
    await here.add(record('upload-1'));
    const parts = new Map([
      [1, SUM],
      [4, SUM],
    ]);
    await here.change('upload-1', { parts, lastSentAt: NOW + 5 });
    expect(await page().find('upload-1')).to.deep.equal(record('upload-1', { parts, lastSentAt: NOW + 5 }));
  });

  it('that were erased stay so, also where another page still writes', async () => {
    const [here, there] = [page(), page()];
    await here.add(record('upload-1'));
    await there.erase('upload-1');
    await here.change('upload-1', { parts: new Map(), lastSentAt: NOW });
    expect(await page().find('upload-1')).to.equal(null);
  });

  it('are cleared away at opening once they have expired', async () => {
    await page().add(record('upload-1', { expiresAt: NOW + 1000 }));
    await page().add(record('upload-2', { expiresAt: NOW + 1001 }));
    now = NOW + 1000;
    expect((await page().ofApp('cases')).map(({ id }) => id)).to.deep.equal(['upload-2']);
  });

  if (navigator.storage && 'getDirectory' in navigator.storage) {
    it('keep the handle of a file, which gives the file again', async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle('film.mp4', { create: true });
      await page().add(record('upload-1', { handle }));
      const kept = await page().find('upload-1');
      expect((await kept?.handle?.getFile())?.name).to.equal('film.mp4');
      await folder.removeEntry('film.mp4');
    });
  }

  it('are none where the opening is not answered in time: the upload goes on without', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = unanswered(open);
    try {
      const here = page();
      const isAdded = here.add(record('upload-1'));
      late();
      expect([await isAdded, await here.isAvailable()]).to.deep.equal([false, false]);
    } finally {
      IDBFactory.prototype.open = open;
    }
  });

  it('are there again once the browser was asked later', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = unanswered(open);
    const here = page();
    try {
      const isAvailable = here.isAvailable();
      late();
      expect(await isAvailable).to.equal(false);
    } finally {
      IDBFactory.prototype.open = open;
    }
    expect(await here.isAvailable()).to.equal(false);
    late();
    expect(await here.isAvailable()).to.equal(true);
  });
});

describe('a look for records', () => {
  const clock = { now: () => NOW, after: () => () => {} };
  beforeEach(() => deleteDB(databaseName(BROKER)));
  afterEach(() => deleteDB(databaseName(BROKER)));

  it('finds none where none was ever kept, and makes no database for it', async () => {
    expect(await probeRecords(BROKER, clock)).to.equal('none');
    expect(await probeRecords(BROKER, clock)).to.equal('none');
    // WebKit lists for a while what an aborted transaction would have made, as version 0: nothing is there.
    const there = (await indexedDB.databases()).filter(({ version }) => version !== 0);
    expect(there.map(({ name }) => name)).not.to.include(databaseName(BROKER));
  });

  it('finds that some were kept, and stands in the way of nobody who reads them', async () => {
    await new IndexedDbRecords(BROKER, clock).add(record('upload-1'));
    expect(await probeRecords(BROKER, clock)).to.equal('some');
    await deleteDB(databaseName(BROKER));
    expect(await probeRecords(BROKER, clock)).to.equal('none');
  });

  it('is over in time where the browser does not answer', async () => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function silent(this: IDBFactory) {
      return new EventTarget() as IDBOpenDBRequest;
    };
    const after = (_ms: number, act: () => void) => {
      void Promise.resolve().then(act);
      return () => {};
    };
    try {
      expect(await probeRecords(BROKER, { now: () => NOW, after })).to.equal('refused');
    } finally {
      IDBFactory.prototype.open = open;
    }
  });
});

describe('where the origin is opaque', () => {
  it('nothing is kept, which is said, and nothing fails', async () => {
    const { answer, remove } = await frame(
      `const records = new IndexedDbRecords('${BROKER}', clock);
      const locks = new WebLocks('${BROKER}');
      const added = await records.add(record);
      await records.change('upload-9', { parts: new Map(), lastSentAt: 1 });
      await records.erase('upload-9');
      await locks.free('upload-9');
      const { here, elsewhere } = await locks.held();
      tell({
        isAvailable: await records.isAvailable(),
        hasLocks: await locks.isAvailable(),
        added,
        found: await records.find('upload-9'),
        listed: await records.ofApp('cases'),
        hold: await locks.hold('upload-9'),
        held: here.size + elsewhere.size,
        probed: await probeRecords('${BROKER}', clock),
      });`,
      'allow-scripts',
    );
    remove();
    expect(answer).to.deep.equal({
      isAvailable: false,
      hasLocks: false,
      added: false,
      found: null,
      listed: [],
      hold: null,
      held: 0,
      probed: 'refused',
    });
  });
});

describe('the lock of an upload', () => {
  const ID = 'upload-1';

  it('is one page’s at a time, and free again when it lets go', async () => {
    const [here, there] = [new WebLocks(BROKER), new WebLocks(BROKER)];
    const hold = await here.hold(ID);
    expect(await there.hold(ID)).to.equal(null);
    expect((await here.held()).here.has(ID)).to.equal(true);
    expect((await there.held()).elsewhere.has(ID)).to.equal(true);
    await hold?.release();
    const second = await there.hold(ID);
    expect(second).not.to.equal(null);
    expect(hold?.lost.aborted).to.equal(false);
    await second?.release();
  });

  it('ends with its page', async () => {
    const { answer, remove } = await frame(`tell((await new WebLocks('${BROKER}').hold('${ID}')) !== null);`);
    expect(answer).to.equal(true);
    const here = new WebLocks(BROKER);
    expect((await here.held()).elsewhere.has(ID)).to.equal(true);
    expect(await here.hold(ID)).to.equal(null);
    remove();
    // The browser tells of the end of a page some turns later.
    let hold = await here.hold(ID);
    while (!hold) hold = await here.hold(ID);
    await hold.release();
  });

  it('may be taken: the page that had it hears of that', async () => {
    const [here, there] = [new WebLocks(BROKER), new WebLocks(BROKER)];
    const hold = await here.hold(ID);
    await there.free(ID);
    expect(hold?.lost.aborted).to.equal(true);
    expect((await here.held()).here.size).to.equal(0);
    const second = await there.hold(ID);
    expect(second).not.to.equal(null);
    await second?.release();
  });

  it('is not taken from the page itself', async () => {
    const here = new WebLocks(BROKER);
    const hold = await here.hold(ID);
    await here.free(ID);
    expect(hold?.lost.aborted).to.equal(false);
    await hold?.release();
  });

  it('is another one for another broker', async () => {
    const hold = await new WebLocks(BROKER).hold(ID);
    const other = await new WebLocks('https://other.example').hold(ID);
    expect(other).not.to.equal(null);
    await hold?.release();
    await other?.release();
  });
});
