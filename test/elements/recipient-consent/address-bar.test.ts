import { expect } from '@open-wc/testing';
import { AddressBar } from '../../../src/elements/recipient-consent/address-bar.ts';
import { TestedConsent } from './fake-flow.ts';
import { STATES } from './states.ts';

const TOKEN = `${'aB3'.repeat(14)}x`;

/** A top window at an address, with a history of its own. */
function windowAt(href: string): Window {
  const location = new URL(href);
  const history = {
    state: null as unknown,
    replaceState(state: unknown, _title: string, address: string) {
      history.state = state;
      location.href = new URL(address, location).href;
    },
  };
  const win = { location, history } as unknown as Window;
  Object.assign(win, { top: win });
  return win;
}
const own = new URL('https://broker.example');

describe('the secret in the address', () => {
  it("stays on the broker's own page until the proof, then goes for good", () => {
    const win = windowAt(`https://broker.example/r?lang=de#${TOKEN}`);
    const bar = new AddressBar(own, win);
    expect(bar.takeToken()).to.equal(TOKEN);
    expect(win.location.href).to.equal(`https://broker.example/r?lang=de#${TOKEN}`);
    bar.forgetToken();
    expect(win.location.href).to.equal('https://broker.example/r?lang=de');
    expect(bar.wasOpened).to.equal(true);
  });

  it('is moved back behind the # where link protection encoded it', () => {
    const win = windowAt(`https://broker.example/r%23${TOKEN}.`);
    expect(new AddressBar(own, win).takeToken()).to.equal(TOKEN);
    expect(win.location.href).to.equal(`https://broker.example/r#${TOKEN}`);
  });

  it('is taken out of any other page at once, and the rest of the address stays', () => {
    const win = windowAt(`https://builder.example/files?tab=2#${TOKEN}`);
    expect(new AddressBar(own, win).takeToken()).to.equal(TOKEN);
    expect(win.location.href).to.equal('https://builder.example/files?tab=2');
  });

  it('is taken out of a frame at once, also of a frame of the broker', () => {
    const win = windowAt(`https://broker.example/r#${TOKEN}`);
    Object.assign(win, { top: {} });
    const bar = new AddressBar(own, win);
    bar.takeToken();
    expect(bar.isOwnPage).to.equal(false);
    expect(win.location.hash).to.equal('');
  });

  it('leaves an address alone that holds something else', () => {
    const win = windowAt('https://builder.example/#/inbox/3');
    expect(new AddressBar(own, win).takeToken()).to.equal(null);
    expect(win.location.href).to.equal('https://builder.example/#/inbox/3');
  });
});

describe('the element and the secret', () => {
  const start = window.location.href;
  afterEach(() => {
    history.replaceState(null, '', start);
    document.querySelectorAll('tested-consent').forEach((element) => {
      element.remove();
    });
  });

  const put = async (setup: (element: TestedConsent) => void = () => {}, broker = 'https://broker.example') => {
    const element = new TestedConsent();
    element.broker = broker;
    setup(element);
    document.body.append(element);
    await element.updateComplete;
    const made = TestedConsent.made.at(-1);
    if (!made) throw new Error('composed nothing');
    return { element, ...made };
  };

  it('reads it on a foreign page and removes it from the address', async () => {
    history.replaceState(null, '', `#${TOKEN}`);
    const { settings } = await put();
    expect(settings).to.deep.include({ token: TOKEN, surface: 'embedded' });
    expect(window.location.href).not.to.contain(TOKEN);
  });

  it('takes the attribute out of the page and cannot be asked for it', async () => {
    const { element, settings } = await put((made) => made.setAttribute('token', TOKEN));
    expect(settings.token).to.equal(TOKEN);
    expect(element.hasAttribute('token')).to.equal(false);
    expect(element.token).to.equal(undefined);
    expect(document.documentElement.outerHTML).not.to.contain(TOKEN);
  });

  it("keeps it on the broker's own page, over a changed phase, until the proof is there", async () => {
    history.replaceState(null, '', `/r#${TOKEN}`);
    const { settings, flow, element } = await put(undefined, window.location.origin);
    expect(settings.surface).to.equal('page');
    flow.show(STATES.code);
    await element.updateComplete;
    expect(window.location.hash).to.equal(`#${TOKEN}`);
    flow.show(STATES.decision);
    await element.updateComplete;
    expect(window.location.hash).to.equal('');
  });

  const buttons = (element: TestedConsent) =>
    [...(element.shadowRoot?.querySelectorAll('button') ?? [])].map((button) =>
      (button.textContent ?? '').replace(/[\u2066-\u2069]/g, '').trim(),
    );

  it("offers the account on the broker's own page, also while a code is out or used up", async () => {
    history.replaceState(null, '', `/r#${TOKEN}`);
    const { flow, element } = await put(undefined, window.location.origin);
    const { cover } = STATES['cover-provider'];
    for (const state of [STATES['cover-provider'], { ...STATES.code, cover }, { ...STATES['code-ended'], cover }]) {
      flow.show(state);
      await element.updateComplete;
      expect(buttons(element)).to.include('Sign in with Acme ID instead');
    }
    flow.show(STATES.code);
    await element.updateComplete;
    expect(buttons(element).join()).not.to.contain('Sign in');
  });

  it('leads from a foreign page to the link on that page, in a tab that knows nothing of this one', async () => {
    history.replaceState(null, '', `#${TOKEN}`);
    const { flow, element } = await put();
    const opened: unknown[][] = [];
    const open = window.open;
    window.open = (...args) => {
      opened.push(args);
      return null;
    };
    try {
      for (const state of [STATES['cover-account-only'], { ...STATES.code, cover: STATES['cover-provider'].cover }]) {
        flow.show(state);
        await element.updateComplete;
        expect(buttons(element).join()).not.to.contain('Sign in');
        [...(element.shadowRoot?.querySelectorAll('button') ?? [])]
          .find((button) => button.textContent?.includes('Open it in a new tab'))
          ?.click();
        expect(opened.pop()).to.deep.equal([`https://broker.example/r#${TOKEN}`, '_blank', 'noopener']);
      }
    } finally {
      window.open = open;
    }
  });

  it('has no secret in its shadow either', async () => {
    const { element, flow } = await put((made) => {
      made.token = TOKEN;
    });
    for (const state of Object.values(STATES)) {
      flow.show(state);
      await element.updateComplete;
      expect(element.shadowRoot?.innerHTML).not.to.contain(TOKEN);
    }
  });
});
