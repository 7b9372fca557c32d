import { expect } from '@open-wc/testing';
import { STATES } from './fixtures.ts';
import { cleanUp, mount, textsOf } from './mount.ts';

describe('an app whose owner stops it while the page is open', () => {
  afterEach(cleanUp);

  it('says so in the place of everything, also in a document that calls it live, and can be asked again', async () => {
    const { element, flow, root } = await mount('review');
    flow.show({ ...STATES.review, phase: 'unavailable', problem: { code: 'app_paused' } });
    await element.updateComplete;
    expect(textsOf(root)).to.deep.equal([
      'Uploads are paused',
      'Acme Support has paused uploads here.',
      'Check again',
      'Ask Acme Support',
    ]);
    const calls = flow.calls.filter((call) => call === 'load').length;
    root.querySelector<HTMLElement>('#check-again')?.click();
    expect(flow.calls.filter((call) => call === 'load').length).to.equal(calls + 1);
  });

  it('gives the focus to "Upload" once the box is open again', async () => {
    const { element, flow, root } = await mount({
      ...STATES.review,
      phase: 'unavailable',
      problem: { code: 'app_closed' },
    });
    const again = root.querySelector<HTMLElement>('#check-again');
    again?.focus();
    again?.click();
    flow.show(STATES.review);
    await element.updateComplete;
    expect(root.activeElement?.id).to.equal('upload');
  });
});
