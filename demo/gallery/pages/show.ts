import { AddressBar } from '../../../src/elements/recipient-consent/address-bar.ts';
import { RecipientConsent } from '../../../src/elements/recipient-consent/recipient-consent.ts';
import { page } from '../../../src/elements/secure-upload/page.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import type { SendLink } from '../../../src/elements/send-link/send-link.ts';
import type { RecipientSnapshot } from '../../../src/flow/recipient-snapshot.ts';
import type { UploadAct } from '../act.ts';
import { QUIET_BOX } from '../act.ts';
import { RECIPIENT_ACTED, type RecipientAct, UPLOAD_ACTED } from '../acted-states.ts';
import { APP } from '../link-samples.ts';
import { typed as LINK_TO_JO } from '../link-states.ts';
import { noticeIn } from '../recipient-samples.ts';
import { recordedLinks } from '../recorded-links.ts';
import { RecordedRecipient } from '../recorded-recipient.ts';
import { RecordedFlow } from '../recorded-upload.ts';
import { type ElementName, STATES } from '../states.ts';
import { dropOf, endlessFolder } from './endless-folder.ts';

/** The page of a visitor: the gallery's own address is a builder's, and its policy lets nothing out. */
Object.assign(page, {
  place: () => new URL('https://www.mysite.com/contact'),
  isFramed: () => false,
  reach: () => Promise.resolve('reached'),
  mayAsk: ({ host }: URL) => Promise.resolve(host !== 'blocked.example'),
});

/** What builders see, who have a panel after the box. */
const WITH_PANEL: ReadonlySet<string> = new Set(['test-mode', 'setup-address', 'setup-policy']);

const BROKER = 'https://broker.example';
const MADE_LINKS = recordedLinks();

/** Puts an element into its place on the page and plays the state to it; done when it stands. */
export const SHOW: Readonly<Record<ElementName, (state: string, place: HTMLElement) => Promise<void>>> = {
  async 'secure-upload'(state, place) {
    const { from, press, drag, foundInFolder, sendsLink, later, attributes } = uploadAct(state);
    const flow = new RecordedFlow(from);
    SecureUpload.compose = () => ({ flow, links: MADE_LINKS });
    const element = document.createElement('secure-upload');
    element.broker = BROKER;
    element.app = 'cs-screenshots';
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    const link = document.createElement('a');
    link.href = `${BROKER}/u/cs-screenshots`;
    link.textContent = 'Upload files';
    element.append(link);
    const around = 'name' in attributes ? place.appendChild(document.createElement('form')) : place;
    around.append(element);
    await element.updateComplete;
    await pressAll(element, press);
    if (drag.length > 0) hold(drag, element);
    if (foundInFolder !== null) {
      element.dispatchEvent(dropOf(endlessFolder(foundInFolder)));
      await found(element, '#walk, .problem');
    }
    await element.updateComplete;
    if (sendsLink !== null) {
      const form = await found<SendLink>(element, 'send-link');
      await form.updateComplete;
      if (sendsLink) await sendLink(form, LINK_TO_JO);
    }
    if (later !== null) {
      await found(element, 'send-link');
      flow.show(later);
      await element.updateComplete;
    }
    if (WITH_PANEL.has(state)) await panelOf(element);
  },

  async 'recipient-consent'(state, place) {
    const { from, press, isOwnPage } = recipientAct(state);
    const flow = new RecordedRecipient();
    RecipientConsent.compose = () => flow;
    RecipientConsent.addressOf = (broker) => (isOwnPage ? new OwnPage(broker, window) : new AddressBar(broker, window));
    const element = document.createElement('recipient-consent');
    element.broker = BROKER;
    place.append(element);
    await element.updateComplete;
    flow.show(inLanguageOf(document.documentElement, from));
    await found(element, '.heading, .loading');
    await pressAll(element, press);
  },

  async 'send-link'(state, place) {
    const { files, typed, sends, press, links } = STATES['send-link'][state as keyof (typeof STATES)['send-link']];
    const element = document.createElement('send-link');
    element.app = APP;
    element.files = files;
    element.links = recordedLinks(links);
    element.signIn = () => {};
    place.append(element);
    await element.updateComplete;
    if (typed !== null) await fillIn(element, typed);
    if (sends) await submit(element);
    await pressAll(element, press);
  },
};

function uploadAct(state: string): UploadAct {
  const states = STATES['secure-upload'];
  if (state in states) return { ...QUIET_BOX, from: states[state as keyof typeof states] };
  return UPLOAD_ACTED[state as keyof typeof UPLOAD_ACTED];
}

/** The broker words a notice in the language of the page; what a template asks for besides stays as it is written there. */
function inLanguageOf({ lang }: HTMLElement, from: RecipientSnapshot): RecipientSnapshot {
  if (from.notice === null || (lang !== 'de' && lang !== 'ar')) return from;
  return { ...from, notice: { ...noticeIn(lang), purposes: from.notice.purposes, files: from.notice.files } };
}

/** As if the gallery stood where the mail leads to. */
class OwnPage extends AddressBar {
  override readonly isOwnPage = true;
  override takeToken = () => null;
}

function recipientAct(state: string): RecipientAct {
  const states = STATES['recipient-consent'];
  if (state in states) return { from: states[state as keyof typeof states], press: [] };
  return RECIPIENT_ACTED[state as keyof typeof RECIPIENT_ACTED];
}

type Pressed = Element & {
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly updateComplete: Promise<boolean>;
};

/** One after the other: what is pressed may come with the press before. */
async function pressAll(element: Pressed, selectors: readonly string[]): Promise<void> {
  for (const selector of selectors) {
    await found(element, selector).then((button) => button.click());
    await turn();
    await element.updateComplete;
  }
}

/** Waits for what is loaded on the way. */
const found = <Kind extends HTMLElement>({ renderRoot }: Pressed, selector: string): Promise<Kind> =>
  come(() => renderRoot.querySelector<Kind>(selector), selector);

/** Its lines come one by one, as things are looked at; the first says that it stands. */
const panelOf = ({ renderRoot }: Pressed): Promise<Element> =>
  come(
    () => [...renderRoot.children].find(({ shadowRoot }) => shadowRoot?.querySelector('li')) ?? null,
    'panel for builders',
  );

async function come<Kind extends Element>(look: () => Kind | null, what: string): Promise<Kind> {
  for (let turns = 0; turns < 200; turns += 1) {
    const one = look();
    if (one) return one;
    await turn();
  }
  throw new Error(`There is no ${what}`);
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 10));

function hold(types: readonly string[], element: HTMLElement): void {
  const dataTransfer = new DataTransfer();
  for (const [i, type] of types.entries()) dataTransfer.items.add(new File(['x'], `file-${i}`, { type }));
  element.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true, cancelable: true }));
}

async function sendLink(element: SendLink, typed: Readonly<Record<string, string>>): Promise<void> {
  await fillIn(element, typed);
  await submit(element);
}

/** As somebody does who leaves each field for the next. */
async function fillIn(element: SendLink, typed: Readonly<Record<string, string>>): Promise<void> {
  for (const [id, text] of Object.entries(typed)) {
    const field = await found<HTMLInputElement>(element, `#${id}`);
    field.value = text;
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new Event('change'));
  }
  await turn();
  await element.updateComplete;
}

async function submit(element: SendLink): Promise<void> {
  (await found<HTMLFormElement>(element, 'form')).requestSubmit();
  await turn();
  await element.updateComplete;
}
