import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { ConsentDeclinedEvent, ConsentGivenEvent, FileClaimedEvent } from '../../../src/events.ts';
import type { RecipientSnapshot } from '../../../src/flow/recipient-snapshot.ts';
import { COVER } from '../../flow/recipient-samples.ts';
import { consentIn } from './fake-flow.ts';
import { STATES } from './states.ts';

const said = (root: ShadowRoot) => ({
  polite: root.querySelector('#polite')?.lastElementChild?.textContent ?? '',
  urgent: root.querySelector('#urgent')?.lastElementChild?.textContent ?? '',
});
const plain = (text: string | null) => text?.replace(/[\u2066-\u2069]/g, '').replace(/\s/g, ' ') ?? null;
/** What the element does after its flow has answered. */
const turn = () => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));

beforeEach(() => {
  document.documentElement.lang = 'en';
});
afterEach(() => {
  document.body.replaceChildren();
});

describe('the way by keyboard', () => {
  it('leads from cover to answer in the order of reading, and presses count as a person’s', async () => {
    const { root, flow, element } = await consentIn(STATES.cover);
    const name = () => root.activeElement?.id || root.activeElement?.textContent?.trim();

    await sendKeys({ press: 'Tab' });
    expect(name()).to.equal('language');
    await sendKeys({ press: 'Tab' });
    expect(name()).to.equal('Send me the code');
    flow.next = STATES.code;
    await sendKeys({ press: 'Enter' });
    await turn();
    expect(name()).to.equal('code');

    await sendKeys({ type: '48210736' });
    expect(root.querySelector<HTMLInputElement>('#code')?.value).to.equal('4821 0736');
    expect(flow.calls.some(([call]) => call === 'submitCode')).to.equal(false);
    flow.next = STATES.decision;
    await sendKeys({ press: 'Enter' });
    await turn();
    expect(flow.calls.at(-1)).to.deep.equal(['submitCode', '4821 0736']);
    expect(name()).to.equal('Do you want to receive these files?');

    await sendKeys({ press: 'Tab' });
    expect(name()).to.equal('Read the full notice');
    await sendKeys({ press: 'Tab' });
    expect(name()).to.equal('Accept');
    await sendKeys({ press: 'Tab' });
    expect(name()).to.equal('Decline');
    flow.next = STATES.declined;
    await sendKeys({ press: 'Enter' });
    await turn();
    expect(flow.calls.at(-1)).to.deep.equal(['decide', 'decline', true]);
    expect(name()).to.equal('You declined');
    await element.updateComplete;
  });

  it('the focus stays where it is when a code was wrong', async () => {
    const { root, flow } = await consentIn(STATES.code);
    root.querySelector<HTMLElement>('#code')?.focus();
    flow.next = STATES['code-wrong'];
    await sendKeys({ type: '11111111' });
    await sendKeys({ press: 'Enter' });
    await turn();
    expect(root.activeElement?.id).to.equal('code');
    const field = root.querySelector('#code');
    expect(field?.getAttribute('aria-invalid')).to.equal('true');
    expect(root.getElementById(field?.getAttribute('aria-describedby') ?? '')?.textContent?.trim()).to.equal(
      'That code does not match. You have 3 tries left.',
    );
    await sendKeys({ type: '4821' });
    expect((field as HTMLInputElement).value, 'what is typed takes the place of the wrong code').to.equal('4821');
  });

  it('the field of the code is marked where the code is at fault, and not for a clock or a broken line', async () => {
    const marks: Record<string, string | null | undefined> = {};
    for (const state of ['code-format', 'code-wrong', 'code-clock', 'code-unreachable', 'code-other'] as const) {
      const { root } = await consentIn(STATES[state]);
      marks[state] = root.querySelector('#code')?.getAttribute('aria-invalid');
    }
    expect(marks).to.deep.equal({
      'code-format': 'true',
      'code-wrong': 'true',
      'code-clock': 'false',
      'code-unreachable': 'false',
      'code-other': 'false',
    });
  });

  it('the focus goes to the next file while one is on its way, and to the field once a new code was sent', async () => {
    const { root, flow, element } = await consentIn(STATES.download);
    root.querySelector<HTMLElement>('.row button')?.focus();
    const [, second] = root.querySelectorAll('.row');
    flow.show(STATES['download-receiving']);
    await element.updateComplete;
    expect(root.activeElement).to.equal(second?.querySelector('button'));

    const coded = await consentIn(STATES['code-last-try']);
    coded.root.querySelector<HTMLElement>('#code')?.focus();
    coded.flow.show(STATES['code-ended']);
    await coded.element.updateComplete;
    expect(coded.root.activeElement?.id).to.equal('new-code');
    coded.flow.show(STATES['code-waiting']);
    await coded.element.updateComplete;
    expect(coded.root.activeElement?.id).to.equal('code');
  });

  for (const state of ['code-ended', 'code-ended-waiting', 'code-old'] as const) {
    it(`${state} has nothing to type into or to continue with: only a new code leads on`, async () => {
      const { root } = await consentIn(STATES[state]);
      expect(root.querySelector('input, form')).to.equal(null);
      expect([...root.querySelectorAll('button')].map((button) => button.textContent?.trim())).to.deep.equal(
        state === 'code-ended-waiting' ? [] : ['Send a new code'],
      );
    });
  }

  it('the clock alone moves no focus', async () => {
    const { root, flow, element } = await consentIn(STATES['download-receiving']);
    flow.show(STATES['window-over']);
    await element.updateComplete;
    await turn();
    expect(root.activeElement).to.equal(null);
  });
});

describe('what is announced', () => {
  const after = async (before: RecipientSnapshot, next: RecipientSnapshot) => {
    const { root, flow, element } = await consentIn(before);
    flow.show(next);
    await element.updateComplete;
    await element.updateComplete;
    const { polite, urgent } = said(root);
    return { polite: plain(polite), urgent: plain(urgent) };
  };

  it('nothing on load', async () => {
    const { root } = await consentIn(STATES.cover);
    expect(said(root)).to.deep.equal({ polite: '', urgent: '' });
  });

  it('nothing beside a screen that tells it all', async () => {
    const unknown = { ...STATES['not-found'], problem: { code: 'link_unknown' } };
    expect(await after(STATES.loading, unknown)).to.deep.equal({ polite: '', urgent: '' });
  });

  it('a wrong code, at once', async () => {
    const text = 'That code does not match. You have 3 tries left.';
    expect(await after(STATES.code, STATES['code-wrong'])).to.deep.equal({ polite: '', urgent: text });
  });

  it('the same wrong code again, and nothing of it once it is mended', async () => {
    const { root, flow } = await consentIn(STATES.code);
    flow.show(STATES['code-wrong']);
    const first = root.querySelector('#urgent > *');
    flow.show({ ...STATES['code-wrong'], problem: { code: 'code_wrong', figures: { tries_left: 3 } } });
    expect(said(root).urgent).to.equal('That code does not match. You have 3 tries left.');
    expect(root.querySelector('#urgent > *')).not.to.equal(first);
    flow.show({ ...STATES.code, isBusy: true });
    expect(said(root).urgent).to.equal('');
  });

  it('every file that arrived, also two at once', async () => {
    const { root, flow, element } = await consentIn(STATES.download);
    flow.show({ ...STATES.received, deliveries: STATES.received.deliveries });
    await element.updateComplete;
    expect([...(root.querySelector('#polite')?.children ?? [])].map((line) => plain(line.textContent))).to.deep.equal([
      'rental-contract.pdf. Received, 1.2 MB. Nothing was changed on the way.',
      'house-rules.pdf. Received, 340 kB. Nothing was changed on the way.',
    ]);
  });

  it('a file that was received, politely', async () => {
    const news = await after(STATES['download-receiving'], STATES.received);
    expect(news.polite).to.equal('rental-contract.pdf. Received, 1.2 MB. Nothing was changed on the way.');
  });

  it('five minutes before the end', async () => {
    const open = { ...STATES['download-receiving'] };
    const news = await after(open, { ...open, deliveryWindow: 'ending' });
    expect(news).to.deep.equal({ polite: '5 minutes left to download.', urgent: '' });
  });
});

describe('the code field', () => {
  const paste = (root: ShadowRoot, text: string, event: Event) => {
    const field = root.querySelector<HTMLInputElement>('#code');
    if (!field) throw new Error('no field');
    field.value = text;
    field.dispatchEvent(event);
    return field;
  };

  it('is one field for digits, at least 16 pixels, that phones fill from the mail', async () => {
    const { root } = await consentIn(STATES.code);
    const fields = root.querySelectorAll('input');
    expect(fields.length).to.equal(1);
    const [field] = fields;
    expect(field?.inputMode).to.equal('numeric');
    expect(field?.getAttribute('autocomplete')).to.equal('one-time-code');
    expect(field?.maxLength).to.equal(-1);
    expect(Number.parseFloat(getComputedStyle(field as Element).fontSize)).to.be.at.least(16);
  });

  it('sends a pasted code by itself, in any digits and with spaces', async () => {
    const { root, flow } = await consentIn(STATES.code);
    const field = paste(root, ' ٤٨٢١ ٠٧٣٦ ', new InputEvent('input', { inputType: 'insertFromPaste' }));
    expect(field.value).to.equal('4821 0736');
    expect(flow.calls.at(-1)).to.deep.equal(['submitCode', '48210736']);
  });

  it('sends a code that the browser filled in', async () => {
    const { root, flow } = await consentIn(STATES.code);
    paste(root, '48210736', new Event('input'));
    expect(flow.calls.at(-1)).to.deep.equal(['submitCode', '48210736']);
  });

  it('sends a newer code that was pasted over an older one', async () => {
    const { root, flow } = await consentIn(STATES.code);
    paste(root, '11111111', new InputEvent('input', { inputType: 'insertFromPaste' }));
    paste(root, '48210736', new Event('input'));
    expect(flow.calls.at(-1)).to.deep.equal(['submitCode', '48210736']);
  });

  it('does not send what is typed, also where a digit of a whole code is replaced', async () => {
    const { root, flow } = await consentIn(STATES.code);
    const field = root.querySelector<HTMLInputElement>('#code');
    field?.focus();
    await sendKeys({ type: '48210735' });
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: '6' });
    expect(field?.value).to.equal('4821 0736');
    expect(flow.calls.map(([name]) => name)).to.deep.equal(['load']);
  });

  it('does not send too many or too few by itself', async () => {
    const { root, flow } = await consentIn(STATES.code);
    paste(root, '4821073', new InputEvent('input', { inputType: 'insertFromPaste' }));
    paste(root, '482107361', new InputEvent('input', { inputType: 'insertFromPaste' }));
    expect(flow.calls.map(([name]) => name)).to.deep.equal(['load']);
  });

  it('keeps the caret among the digits while somebody corrects the first of them', async () => {
    const { root } = await consentIn(STATES.code);
    const field = root.querySelector<HTMLInputElement>('#code');
    field?.focus();
    await sendKeys({ type: '8210736' });
    field?.setSelectionRange(0, 0);
    await sendKeys({ type: '4' });
    expect(field?.value).to.equal('4821 0736');
    expect(field?.selectionStart).to.equal(1);
  });

  it('is marked after a press on the button whose code was wrong, so that new digits take its place', async () => {
    const { root, flow } = await consentIn(STATES.code);
    const field = root.querySelector<HTMLInputElement>('#code');
    field?.focus();
    await sendKeys({ type: '48210735' });
    const button = root.querySelector<HTMLElement>('form button');
    button?.focus();
    flow.show(STATES['code-wrong']);
    await turn();
    await sendKeys({ type: '48210736' });
    expect(field?.value).to.equal('4821 0736');
    button?.focus();
    flow.show({ ...STATES['code-wrong'], problem: { code: 'unreachable' } });
    await turn();
    expect(root.activeElement).to.equal(button);
  });

  it('is empty again when a new code was asked for', async () => {
    const { root } = await consentIn(STATES.code);
    const field = paste(root, '4821', new InputEvent('input', { inputType: 'insertFromPaste' }));
    root.querySelector<HTMLElement>('button.link')?.click();
    expect(field.value).to.equal('');
  });
});

describe('the public events', () => {
  it('tell answers and files, and hold no address', async () => {
    const { element, flow } = await consentIn(STATES.download);
    const seen: Event[] = [];
    for (const name of ['consent-given', 'consent-declined', 'file-claimed'] as const) {
      document.body.addEventListener(name, (event) => seen.push(event), { once: true });
    }
    const answer = { reference: COVER.reference, receipt: 'header.claims.signature' };
    const file = { name: 'a.pdf', size: 3, sha256: 'x' };
    flow.tell('given', answer);
    flow.tell('declined', answer);
    flow.tell('claimed', file);
    const kinds = [ConsentGivenEvent, ConsentDeclinedEvent, FileClaimedEvent];
    expect(seen.map((event, index) => event instanceof (kinds[index] ?? Event))).to.deep.equal([true, true, true]);
    expect(seen.map((event) => (event as CustomEvent).detail)).to.deep.equal([answer, answer, file]);
    expect(seen.every(({ target }) => target === element)).to.equal(true);
  });
});

describe('withdrawing from a used link', () => {
  it('asks for the proof first, then once more, and can be left', async () => {
    const { root, flow, element } = await consentIn(STATES.used);
    const press = async (selector: string, next: RecipientSnapshot | null = null) => {
      flow.next = next;
      root.querySelector<HTMLElement>(selector)?.click();
      await turn();
      await element.updateComplete;
    };
    const heading = () => root.querySelector('.heading')?.textContent;
    await press('#withdraw', STATES.code);
    expect(flow.calls.at(-1)).to.deep.equal(['sendCode', false]);
    flow.show({ ...STATES.used, notice: STATES.decision.notice });
    await element.updateComplete;
    expect(heading()).to.equal('Withdraw?');
    await press('.pair > button:last-child');
    expect(heading()).to.equal('This link has been used');
    await press('#withdraw');
    await press('.pair > button:first-child', STATES.withdrawn);
    expect(flow.calls.at(-1)).to.deep.equal(['withdraw', false]);
    expect(heading()).to.equal('You withdrew');
  });
});
