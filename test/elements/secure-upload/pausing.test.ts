import { expect } from '@open-wc/testing';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { item, STATES } from './fixtures.ts';
import { clean, cleanUp, mount, press, textsOf } from './mount.ts';

const MB = 1024 * 1024;
const verbs = (calls: readonly string[]) => calls.filter((call) => !/^(configure|load)/.test(call));
const labels = (root: ParentNode) =>
  [...root.querySelectorAll('.row .actions button')].map((button) => clean(button.getAttribute('aria-label')));
const sending = (size: number, more: Partial<UploadSnapshot> = {}): UploadSnapshot => ({
  ...STATES.uploading,
  msLeft: null,
  items: [item('film.mp4', size, 'video/mp4', 'uploading', { sent: MB })],
  ...more,
});

describe('a file on its way', () => {
  afterEach(cleanUp);

  it('can be paused by itself from over 16 MB on', async () => {
    expect(labels((await mount(sending(16 * MB))).root)).to.deep.equal(['Cancel film.mp4']);
    const { root, flow } = await mount(sending(16 * MB + 1));
    expect(labels(root)).to.deep.equal(['Pause film.mp4', 'Cancel film.mp4']);
    press(root, 'Pause film.mp4');
    expect(verbs(flow.calls)).to.deep.equal(['pause film.mp4']);
  });

  it('can be paused however small it is once all of it takes a minute, and stays so', async () => {
    const { element, root, flow } = await mount(sending(MB, { msLeft: 59_999 }));
    expect(labels(root)).to.deep.equal(['Cancel film.mp4']);
    for (const msLeft of [60_000, 5_000, null]) {
      flow.show(sending(MB, { msLeft }));
      await element.updateComplete;
      expect(labels(root)).to.deep.equal(['Pause film.mp4', 'Cancel film.mp4']);
    }
    flow.show({ ...STATES['not-done'] });
    await element.updateComplete;
    flow.show(sending(MB));
    await element.updateComplete;
    expect(labels(root)).to.deep.equal(['Cancel film.mp4']);
  });

  it('cannot be paused while it has no connection, or is checked', async () => {
    expect(labels((await mount(sending(20 * MB, { isOffline: true }))).root)).to.deep.equal(['Cancel film.mp4']);
    const checked = [item('film.mp4', 20 * MB, 'video/mp4', 'finishing')];
    expect(labels((await mount(sending(MB, { items: checked }))).root)).to.deep.equal([]);
  });

  it('carries on by the same button, which keeps the focus', async () => {
    const { element, root, flow } = await mount(sending(20 * MB));
    const button = root.querySelector<HTMLElement>('.row .actions button');
    button?.focus();
    button?.click();
    const [moving] = sending(20 * MB).items;
    if (!moving) throw new Error('no item');
    flow.show(sending(20 * MB, { items: [{ ...moving, phase: 'paused' }], isPaused: true }));
    await element.updateComplete;
    expect(root.activeElement).to.equal(button);
    expect(clean(button?.getAttribute('aria-label') ?? '')).to.equal('Carry on with film.mp4');
    button?.click();
    expect(verbs(flow.calls)).to.deep.equal(['pause film.mp4', 'resume film.mp4']);
  });

  it('that is paused asks before what is stored of it is thrown away', async () => {
    const paused = [item('film.mp4', 90 * MB, 'video/mp4', 'paused', { sent: 16 * MB })];
    const { element, root, flow } = await mount(sending(MB, { items: paused, isPaused: true }));
    press(root, 'Cancel film.mp4');
    await element.updateComplete;
    expect(verbs(flow.calls)).to.deep.equal([]);
    press(root, 'Stop');
    expect(verbs(flow.calls)).to.deep.equal(['cancel film.mp4']);
  });

  it('asks too where a slow line took half a minute for a little', async () => {
    // 1 MB of 2 took as long as the other will.
    for (const [msLeft, asks] of [
      [30_000, false],
      [30_001, true],
    ] as const) {
      const { element, root, flow } = await mount(sending(2 * MB, { msLeft, sent: MB, total: 2 * MB }));
      press(root, 'Cancel film.mp4');
      await element.updateComplete;
      expect([asks, verbs(flow.calls)]).to.deep.equal([asks, asks ? [] : ['cancel film.mp4']]);
    }
  });
});

describe('all files', () => {
  afterEach(cleanUp);

  it('are paused and carried on by one button, and the focus stays with it', async () => {
    const { element, root, flow } = await mount('uploading');
    root.querySelector<HTMLElement>('#pause-all')?.focus();
    press(root, 'Pause all');
    flow.show(STATES['all-paused']);
    await element.updateComplete;
    expect(root.activeElement?.id).to.equal('carry-on');
    expect(root.querySelectorAll('[part~="primary"]:not(.narrow)')).to.have.length(1);
    press(root, 'Carry on');
    flow.show(STATES.uploading);
    await element.updateComplete;
    expect(root.activeElement?.id).to.equal('pause-all');
    expect(verbs(flow.calls)).to.deep.equal(['pauseAll', 'resumeAll']);
  });

  it('say nothing of the way there while they are paused', async () => {
    const { root } = await mount({ ...STATES['all-paused'], isOffline: true, isSlow: true });
    expect(textsOf(root)).to.include('Paused');
    expect(root.textContent).not.to.match(/offline|Slow|Keep this page open/);
  });

  it('have no button for it where nothing could stop any more', async () => {
    const items = [item('plans.zip', 30 * MB, 'application/zip', 'finishing')];
    const { root } = await mount({ ...STATES.uploading, items });
    expect(textsOf(root)).not.to.include('Pause all');
  });
});

describe('without a connection', () => {
  afterEach(cleanUp);

  it('a press on "Try now" tries at once', async () => {
    const { root, flow } = await mount('offline');
    press(root, 'Try now');
    expect(verbs(flow.calls)).to.deep.equal(['tryNow']);
  });
});
