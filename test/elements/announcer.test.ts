import { expect } from '@open-wc/testing';
import { html, LitElement, type TemplateResult } from 'lit';
import { Announcer } from '../../src/elements/announcer.ts';
import { liveRegions } from '../../src/elements/live-regions.ts';

class TestedRegions extends LitElement {
  protected override render(): TemplateResult {
    return html`${liveRegions('de')}`;
  }
}
customElements.define('tested-regions', TestedRegions);

/** Time that passes when a test says so. */
function clock() {
  const timers = new Set<{ at: number; act: () => void }>();
  let now = 0;
  return {
    after: (ms: number, act: () => void) => {
      const timer = { at: now + ms, act };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass(ms: number): void {
      now += ms;
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer);
        timer.act();
      }
    },
    get left(): number {
      return timers.size;
    },
  };
}

describe('the announcer', () => {
  let host: TestedRegions;
  let time: ReturnType<typeof clock>;
  let announcer: Announcer;
  const lines = (id: 'polite' | 'urgent') =>
    [...(host.renderRoot.querySelector(`#${id}`)?.children ?? [])].map(({ textContent }) => textContent);

  beforeEach(async () => {
    host = new TestedRegions();
    time = clock();
    announcer = new Announcer(host, time.after);
    document.body.append(host);
    await host.updateComplete;
  });
  afterEach(() => document.body.replaceChildren());

  it('has two regions that are there, empty and in the language of the words, before anything is said', () => {
    const regions = [...host.renderRoot.querySelectorAll('[aria-live]')];
    expect(regions.map(({ role, ariaLive, textContent }) => [role, ariaLive, textContent])).to.deep.equal([
      ['status', 'polite', ''],
      ['alert', 'assertive', ''],
    ]);
    expect(regions.map((region) => [region.getAttribute('lang'), region.ariaAtomic])).to.deep.equal([
      ['de', 'false'],
      ['de', 'false'],
    ]);
  });

  it('loses nothing that is said at one moment', () => {
    announcer.say({ text: 'Signed in as Jo.' });
    announcer.say({ text: 'Uploading 5 files.', isProgress: true });
    announcer.say({ text: '1 cannot be uploaded.', isUrgent: true });
    expect([lines('polite'), lines('urgent')]).to.deep.equal([
      ['Signed in as Jo.', 'Uploading 5 files.'],
      ['1 cannot be uploaded.'],
    ]);
  });

  it('tells progress at most once in five seconds, and of what waits only the newest', () => {
    for (const text of ['start', 'a quarter', 'half']) announcer.say({ text, isProgress: true });
    expect(lines('polite')).to.deep.equal(['start']);
    time.pass(4_999);
    expect(lines('polite')).to.deep.equal(['start']);
    time.pass(1);
    expect(lines('polite')).to.deep.equal(['start', 'half']);
    announcer.say({ text: 'three quarters', isProgress: true });
    expect(lines('polite')).to.deep.equal(['start', 'half']);
    announcer.say({ text: 'Removed a.jpg.' });
    expect(lines('polite'), 'an answer to the person does not wait').to.deep.equal(['start', 'half', 'Removed a.jpg.']);
  });

  it('leaves no old words behind', () => {
    announcer.say({ text: 'one' });
    announcer.say({ text: 'stop', isUrgent: true });
    time.pass(6_999);
    expect([lines('polite'), lines('urgent')]).to.deep.equal([['one'], ['stop']]);
    time.pass(1);
    expect([lines('polite'), lines('urgent')]).to.deep.equal([[], []]);
    expect(time.left).to.equal(0);
  });

  it('repeats nothing politely, but answers each new try that fails', () => {
    announcer.say({ text: 'Copied' });
    announcer.say({ text: 'Copied' });
    expect(lines('polite')).to.deep.equal(['Copied']);
    announcer.say({ text: 'That code does not match.', isUrgent: true });
    const first = host.renderRoot.querySelector('#urgent > *');
    announcer.say({ text: 'That code does not match.', isUrgent: true });
    expect(lines('urgent')).to.deep.equal(['That code does not match.']);
    expect(host.renderRoot.querySelector('#urgent > *')).not.to.equal(first);
    time.pass(7_000);
    announcer.say({ text: 'Copied' });
    expect(lines('polite')).to.deep.equal(['Copied']);
  });

  it('takes back what holds no longer: what interrupted, and progress that was not told', () => {
    announcer.say({ text: 'start', isProgress: true });
    announcer.say({ text: 'half', isProgress: true });
    announcer.say({ text: 'That code does not match.', isUrgent: true });
    announcer.hush();
    expect([lines('polite'), lines('urgent')]).to.deep.equal([['start'], []]);
    time.pass(5_000);
    expect(lines('polite')).to.deep.equal(['start']);
  });

  it('is silent once its element has left the page', () => {
    announcer.say({ text: 'start', isProgress: true });
    announcer.say({ text: 'half', isProgress: true });
    host.remove();
    expect(lines('polite')).to.deep.equal([]);
    expect(time.left).to.equal(0);
  });
});
