import { expect } from '@open-wc/testing';
import type { ItemSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { EMPTY, item, JO, STATES } from './fixtures.ts';
import { clean, cleanUp, type Mounted, mount, press, until } from './mount.ts';

const MB = 1024 * 1024;
const LONG = 'a name that takes two lines of a phone.pdf'.slice(6);

/** Rows of different heights: names on two lines, folders, problems that take more than one line. */
function files(count: number, more: (i: number) => Partial<ItemSnapshot> = () => ({})): ItemSnapshot[] {
  // One File for all: making thousands takes seconds.
  const one = item('one.pdf', MB, 'application/pdf');
  return Array.from({ length: count }, (_, i) => ({
    ...one,
    key: `k${i}`,
    name: `${i}${i % 7 === 0 ? LONG : '.pdf'}`,
    ...(i % 5 === 0 && { path: 'holidays/2026/october' }),
    ...(i % 50 === 3 && { phase: 'refused' as const, problem: { code: 'file_type' } }),
    ...more(i),
  }));
}

const key = (name: string) =>
  new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true });

async function mountList(count = 10_000, width = 360): Promise<Mounted & { scroller: HTMLElement }> {
  const mounted = await mount({ ...EMPTY, person: JO, items: files(count) }, { width });
  const scroller = mounted.root.querySelector<HTMLElement>('.scroller');
  if (!scroller) throw new Error('the list does not scroll');
  await frames();
  return { ...mounted, scroller };
}

const frames = async () => {
  for (let i = 0; i < 3; i += 1) await new Promise(requestAnimationFrame);
};
const rowsOf = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>('.row[data-key]')];
const keysOf = (root: ParentNode) => rowsOf(root).map((row) => Number(row.dataset.key?.slice(1)));
/** Where a row stands below the upper edge of the list; px. */
const topIn = (scroller: HTMLElement, row: Element | null | undefined) =>
  (row?.getBoundingClientRect().top ?? Number.NaN) - scroller.getBoundingClientRect().top;
const rowIn = (root: ParentNode, name: string) => root.querySelector<HTMLElement>(`.row[data-key="${name}"]`);

/** No gap within the list, from edge to edge. */
function expectFull(scroller: HTMLElement): void {
  const rows = rowsOf(scroller).filter((row) => !row.classList.contains('apart'));
  const edges = rows.map((row) => row.getBoundingClientRect());
  const box = scroller.getBoundingClientRect();
  expect(edges.at(0)?.top).to.be.at.most(box.top + 1);
  expect(edges.at(-1)?.bottom).to.be.at.least(box.bottom - 2);
  edges.slice(1).forEach(({ top }, i) => {
    expect(top).to.be.closeTo(edges[i]?.bottom ?? 0, 1);
  });
}

describe('a list of more than a hundred', () => {
  afterEach(cleanUp);

  it('has only the rows in sight in the page, and tells how many there are', async () => {
    const { root, scroller } = await mountList();
    expect(rowsOf(root).length).to.be.within(8, 60);
    expect(rowsOf(root)[0]?.getAttribute('aria-posinset')).to.equal('1');
    expect(rowsOf(root)[0]?.getAttribute('aria-setsize')).to.equal('10000');
    expect(scroller.clientHeight).to.be.at.most(640);
    expect(scroller.scrollHeight).to.be.above(10_000 * 40);
    expectFull(scroller);
  });

  it('leaves a hundred as they are', async () => {
    const { root } = await mount({ ...EMPTY, person: JO, items: files(100) });
    expect(rowsOf(root)).to.have.length(100);
    expect(root.querySelector('.scroller')).to.equal(null);
  });

  it('shows rows without a gap wherever it is scrolled to', async () => {
    const { root, scroller } = await mountList();
    for (const share of [0.5, 0.1, 0.999, 1, 0.3, 0]) {
      scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight);
      await frames();
      expectFull(scroller);
      expect(rowsOf(root).length).to.be.below(60);
    }
    expect(keysOf(root)[0]).to.equal(0);
  });

  it('reaches its very last row, and lets no row jump on the way back up', async () => {
    const { root, scroller } = await mountList();
    scroller.scrollTop = scroller.scrollHeight;
    await frames();
    scroller.scrollTop = scroller.scrollHeight;
    await frames();
    expect(keysOf(root).at(-1)).to.equal(9999);
    for (let step = 0; step < 12; step += 1) {
      const mark = rowsOf(root).find((row) => topIn(scroller, row) >= 0);
      const before = topIn(scroller, mark);
      scroller.scrollTop -= 150;
      await frames();
      expect(topIn(scroller, mark) - before).to.be.closeTo(150, 2);
    }
  });

  it('keeps what is in sight in its place while files above it are taken out', async () => {
    const { root, scroller, element, flow } = await mountList();
    scroller.scrollTop = 200_000;
    await frames();
    const mark = rowsOf(root).find((row) => topIn(scroller, row) >= 0);
    const before = topIn(scroller, mark);
    flow.show({ ...flow.snapshot, items: flow.snapshot.items.slice(100) });
    await element.updateComplete;
    await frames();
    expect(mark?.isConnected).to.equal(true);
    expect(topIn(scroller, mark)).to.be.closeTo(before, 2);
  });

  it('shows what changes in a row in sight', async () => {
    const { root, element, flow } = await mountList();
    const [first, ...rest] = flow.snapshot.items;
    if (!first) throw new Error('no files');
    flow.show({ ...flow.snapshot, items: [{ ...first, phase: 'refused', problem: { code: 'file_empty' } }, ...rest] });
    await element.updateComplete;
    expect(rowIn(root, 'k0')?.querySelector('.status.bad')).not.to.equal(null);
  });

  it('is walked by arrows, pages, Home and End, through rows that were not in the page', async () => {
    const { root, scroller, element } = await mountList();
    rowIn(root, 'k0')?.focus();
    for (const [name, at] of [
      ['ArrowDown', 'k1'],
      ['PageDown', 'k11'],
      ['End', 'k9999'],
      ['ArrowUp', 'k9998'],
      ['PageUp', 'k9988'],
      ['Home', 'k0'],
    ] as const) {
      root.activeElement?.dispatchEvent(key(name));
      await element.updateComplete;
      await frames();
      expect((root.activeElement as HTMLElement | null)?.dataset.key).to.equal(at);
      const [edge, row] = [scroller, root.activeElement].map((one) => one?.getBoundingClientRect());
      expect(row?.top).to.be.at.least((edge?.top ?? 0) - 1);
      expect(row?.bottom).to.be.at.most((edge?.bottom ?? 0) + 1);
    }
  });

  it('keeps the row that has the focus, however far away it is scrolled, and the buttons in it', async () => {
    const { root, scroller } = await mountList();
    const button = rowIn(root, 'k2')?.querySelector<HTMLElement>('.remove');
    button?.focus();
    await frames();
    scroller.scrollTop = 300_000;
    await until(() => (keysOf(root).at(-1) ?? 0) > 1000);
    await frames();
    expect(root.activeElement).to.equal(button);
    expect(keysOf(root)[0]).to.equal(2);
    expect(keysOf(root)[1]).to.be.above(1000);
    expectFull(scroller);
    expect(topIn(scroller, rowIn(root, 'k2'))).to.be.below(-250_000);
    expect(
      rowsOf(root)
        .filter((row) => row.tabIndex === 0)
        .map((row) => row.dataset.key),
    ).to.deep.equal(['k2']);
  });

  it('has one stop of the Tab key also where the row it was on is out of sight', async () => {
    const { root, scroller } = await mountList();
    rowIn(root, 'k2')?.focus();
    (root.activeElement as HTMLElement).blur();
    scroller.scrollTop = 300_000;
    await frames();
    const stops = rowsOf(root).filter((row) => row.tabIndex === 0);
    expect(stops).to.have.length(1);
    expect(topIn(scroller, stops[0])).to.be.within(0, scroller.clientHeight);
  });

  it('moves the focus to the next row after one was removed, and back when it is brought back', async () => {
    const { root, scroller, element, flow } = await mountList();
    scroller.scrollTop = 100_000;
    await frames();
    const row = rowsOf(root).find((one) => topIn(scroller, one) >= 0);
    const at = Number(row?.dataset.key?.slice(1));
    const before = flow.snapshot;
    row?.querySelector<HTMLElement>('.remove')?.focus();
    row?.querySelector<HTMLElement>('.remove')?.click();
    const removed = before.items[at];
    if (!removed) throw new Error('no such file');
    flow.show({ ...before, items: before.items.toSpliced(at, 1), removed: { key: removed.key, name: removed.name } });
    await element.updateComplete;
    await frames();
    expect(clean(root.querySelector('.removed')?.textContent ?? '')).to.equal(`Removed ${removed.name}. Undo`);
    expect(root.activeElement?.closest<HTMLElement>('.row')?.dataset.key).to.equal(`k${at + 1}`);
    root.querySelector<HTMLElement>('.removed button')?.focus();
    press(root, 'Undo');
    flow.show(before);
    await element.updateComplete;
    await frames();
    expect(root.activeElement?.closest<HTMLElement>('.row')?.dataset.key).to.equal(`k${at}`);
  });

  it('is narrowed to its problems and widened again', async () => {
    const { root, element } = await mountList();
    press(root, 'Problems 200');
    await element.updateComplete;
    await frames();
    expect(keysOf(root).every((at) => at % 50 === 3)).to.equal(true);
    expect(rowsOf(root)[0]?.getAttribute('aria-setsize')).to.equal('200');
    press(root, 'All 10000');
    await element.updateComplete;
    await frames();
    expect(rowsOf(root)[0]?.getAttribute('aria-setsize')).to.equal('10000');
  });

  it('is whole on paper', async () => {
    const { root } = await mountList(300);
    dispatchEvent(new Event('beforeprint'));
    expect(rowsOf(root)).to.have.length(300);
    dispatchEvent(new Event('afterprint'));
    await until(() => rowsOf(root).length < 60);
  });

  it('goes on after the box was moved within its page', async () => {
    const { root, scroller, element } = await mountList();
    const place = document.createElement('div');
    place.style.width = '360px';
    document.body.append(place);
    place.append(element);
    await frames();
    scroller.scrollTop = 120_000;
    await frames();
    expectFull(scroller);
    expect(keysOf(root)[0]).to.be.above(500);
  });

  it('has one act for all that could not be uploaded, while others are on their way', async () => {
    const items = files(150, (i) =>
      i < 4 ? { phase: 'not-done', problem: { code: 'store_down' } } : { phase: 'waiting', problem: undefined },
    );
    const { root, flow } = await mount({ ...STATES.uploading, items });
    press(root, 'Try all 4 again');
    expect(flow.calls.at(-1)).to.equal('retry');
  });

  it('shows fingerprints of thousands in the same way, once somebody opens them', async () => {
    const done = item('one.pdf', MB, 'application/pdf', 'uploaded');
    const items = Array.from({ length: 5000 }, (_, i) => ({ ...done, key: `k${i}`, name: `${i}.pdf` }));
    const { root } = await mount({ ...STATES.done, items });
    const prints = root.querySelector<HTMLElement>('.prints');
    root.querySelector<HTMLElement>('.more > summary')?.click();
    await until(() => (prints?.querySelector('dt')?.getBoundingClientRect().height ?? 0) > 0);
    await frames();
    expect(root.querySelectorAll('.prints dt').length).to.be.below(60);
    const scroller = prints?.parentElement;
    if (!scroller) throw new Error('no list');
    for (let times = 0; times < 2; times += 1) {
      scroller.scrollTop = scroller.scrollHeight;
      await frames();
    }
    expect(clean([...root.querySelectorAll('.prints dt')].at(-1)?.textContent ?? '')).to.equal('4999.pdf');
  });
});
