import { AddressBar } from '../../../src/elements/recipient-consent/address-bar.ts';
import { RecipientConsent } from '../../../src/elements/recipient-consent/recipient-consent.ts';
import { linkSender } from '../../../src/elements/secure-upload/link-sender.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import type { SendLink } from '../../../src/elements/send-link/send-link.ts';
import { FirstCover } from '../../../src/flow/first-cover.ts';
import type { Away } from '../../../src/flow/recipient-account.ts';
import type { RecipientSteps } from '../../../src/flow/recipient-flow.ts';
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
import { type ElementName, hasPanel, STATES } from '../states.ts';
import { listenForSleep } from './asleep.ts';
import { dropOf, endlessFolder, hiddenFolder } from './folders.ts';
import { showFrame } from './show-frame.ts';
import { within } from './surroundings.ts';

const BROKER = 'https://broker.example';
const SIGN_IN = `${BROKER}/sign-in/provider`;
/** Shown before the others: what is around an element is around all of the page, and would be seen where others are drawn anew. */
export const isSurrounded = (element: ElementName, state: string): boolean =>
  element === 'secure-upload' && uploadAct(state).around !== null;

/** What is copied here stays here, and no window opens. */
Object.assign(navigator.clipboard ?? {}, { writeText: async () => {} });
window.open = () => null;

const MADE_LINKS = recordedLinks();

/** Puts an element into its place on the page and plays the state to it; done when it stands. */
export const SHOW: Readonly<Record<ElementName, (state: string, place: HTMLElement) => Promise<void>>> = {
  async 'secure-upload'(state, place) {
    const act = uploadAct(state);
    if (act.around === null) return void (await playUpload(act, state, place));
    await within(act.around, async () => {
      const element = await playUpload(act, state, place);
      // What it would be drawn from anew, late or because its size is another, is around it no more.
      if (act.around) Object.assign(element, { requestUpdate: () => {} });
    });
  },

  async 'recipient-consent'(state, place) {
    const { from, press, isOwnPage, isCut, later } = recipientAct(state);
    const flow = new RecordedRecipient();
    // As the broker's answer leads on, where the browser lets no window open.
    Object.assign(flow, { signIn: async (_provider: string, _isTrusted: boolean, away: Away) => away.go(SIGN_IN) });
    RecipientConsent.compose = () => (isCut ? coverAlone(from) : flow);
    RecipientConsent.addressOf = (broker) => (isOwnPage ? new OwnPage(broker, window) : new AddressBar(broker, window));
    const element = document.createElement('recipient-consent');
    element.broker = BROKER;
    place.append(element);
    await element.updateComplete;
    if (!isCut) flow.show(inLanguageOf(element, from));
    await found(element, '.heading, .loading');
    await pressAll(element, press);
    if (later === undefined) return;
    flow.show(inLanguageOf(element, later));
    await element.updateComplete;
  },

  'secure-upload-frame': (state, place) => showFrame(state as keyof (typeof STATES)['secure-upload-frame'], place),

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

async function playUpload(act: UploadAct, state: string, place: HTMLElement): Promise<SecureUpload> {
  const { from, press, drag, folder, sendsLink, losesLinks, form, isTwice, sleeps, later, attributes } = act;
  const flow = new RecordedFlow(from);
  const sleep = sleeps ? listenForSleep() : null;
  SecureUpload.compose = () => ({ flow, links: MADE_LINKS });
  const element = document.createElement('secure-upload');
  element.broker = BROKER;
  element.app = 'cs-screenshots';
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const link = document.createElement('a');
  link.href = `${BROKER}/u/cs-screenshots`;
  link.textContent = 'Upload files';
  element.append(link);
  const around = form === 'none' ? place : place.appendChild(document.createElement('form'));
  around.append(element);
  if (isTwice) around.append(twinOf(element));
  await element.updateComplete;
  sleep?.wake();
  sleep?.stop();
  await (losesLinks ? withoutLinks(() => pressAll(element, press)) : pressAll(element, press));
  if (drag.length > 0) hold(drag, element);
  if (folder !== null) {
    element.dispatchEvent(dropOf('found' in folder ? endlessFolder(folder.found) : hiddenFolder(folder.hidden)));
    await found(element, '#walk, #hidden-skipped, .problem');
  }
  if (form === 'asked') element.form?.checkValidity();
  if (form === 'submitted') element.form?.requestSubmit();
  await element.updateComplete;
  if (sendsLink !== null) {
    const sender = await found<SendLink>(element, 'send-link');
    await sender.updateComplete;
    if (sendsLink) await sendLink(sender, LINK_TO_JO);
  }
  if (later !== null) {
    if (press.includes('#list-links')) await found(element, 'send-link');
    flow.show(later);
    await element.updateComplete;
  }
  if (hasPanel(state)) await panelOf(element);
  return element;
}

/** The act is through, and the box has said so, before the next box is drawn. */
async function withoutLinks(act: () => Promise<void>): Promise<void> {
  const { load } = linkSender;
  linkSender.load = () => Promise.reject(new TypeError('It does not come'));
  await act().finally(() => {
    linkSender.load = load;
  });
}

/** It only has to be there. */
function twinOf(element: SecureUpload): SecureUpload {
  const twin = document.createElement('secure-upload');
  twin.name = element.getAttribute('name') ?? '';
  twin.setAttribute('name', twin.name);
  twin.hidden = true;
  return twin;
}

function uploadAct(state: string): UploadAct {
  const states = STATES['secure-upload'];
  if (state in states) return { ...QUIET_BOX, from: states[state as keyof typeof states] };
  return UPLOAD_ACTED[state as keyof typeof UPLOAD_ACTED];
}

/** A cover behind which nothing comes. */
const coverAlone = ({ cover }: RecipientSnapshot) =>
  new FirstCover<RecipientSteps>({
    covers: { readCover: async () => cover },
    canSave: true,
    open: () => Promise.reject(new TypeError('The rest of the page did not come')),
  });

/** The broker words a notice in the language around the element; what a template asks for besides stays as it is written there. */
function inLanguageOf(element: HTMLElement, from: RecipientSnapshot): RecipientSnapshot {
  const lang = element.closest<HTMLElement>('[lang]')?.lang;
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
