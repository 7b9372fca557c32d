import { fixtureCleanup } from '@open-wc/testing';
import { page } from '../../../src/elements/secure-upload/page.ts';
import { SecureUpload } from '../../../src/elements/secure-upload/secure-upload.ts';
import '../../../src/elements/secure-upload/define.ts';
import type { UploadSnapshot } from '../../../src/flow/upload-snapshot.ts';
import { NO_LINKS, RecordedFlow, STATES, type StateName } from './fixtures.ts';

export interface Mounted {
  readonly element: SecureUpload;
  readonly flow: RecordedFlow;
  readonly root: ShadowRoot;
}

/** Where visitors are: the tests' own address would be a builder's. */
export const VISITORS_PAGE = new URL('https://www.mysite.com/contact?session=1#form');
Object.assign(page, {
  place: () => VISITORS_PAGE,
  isFramed: () => false,
  reach: () => Promise.resolve('reached'),
  mayAsk: () => Promise.resolve(true),
});

/** The tag of one app, on no page yet. */
export function tagOf(attributes: Readonly<Record<string, string>>): SecureUpload {
  const element = document.createElement('secure-upload');
  const all = { broker: 'https://broker.example', app: 'cs-screenshots', ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  return element;
}

/** Puts a box on the page that shows one recorded state; `width` is the room it gets, in px. */
export async function mount(
  state: StateName | UploadSnapshot,
  {
    attributes = {},
    width = 480,
    within,
  }: { attributes?: Record<string, string>; width?: number; within?: Element } = {},
): Promise<Mounted> {
  const flow = new RecordedFlow(typeof state === 'string' ? STATES[state] : state);
  SecureUpload.compose = () => ({ flow, links: NO_LINKS });
  const place = document.createElement('div');
  place.style.width = `${width}px`;
  const element = tagOf(attributes);
  element.append(
    Object.assign(document.createElement('a'), { href: 'https://broker.example/u/x', textContent: 'Upload files' }),
  );
  place.append(element);
  (within ?? document.body).append(place);
  await element.updateComplete;
  const root = element.shadowRoot;
  if (!root) throw new Error('no shadow root');
  return { element, flow, root };
}

export function cleanUp(): void {
  fixtureCleanup();
  document.body.replaceChildren();
}

/** What can be read, block by block, in the order of the page; a button without words says its name in brackets. */
export function textsOf(root: ParentNode): string[] {
  const blocks = root.querySelectorAll<HTMLElement>(
    '.card :is(h2, h3, p, .name, .button, .slim, summary):not(.hidden-text)',
  );
  return [...blocks]
    .filter((block) => block.checkVisibility())
    .map((block) => clean(block.textContent) || `[${clean(block.getAttribute('aria-label'))}]`);
}

/** Without isolates, which keep names apart from the sentence but are not read. */
export function clean(text: string | null): string {
  return (text ?? '')
    .replace(/[\u2068\u2069]/g, '')
    .replace(/ /g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Presses what bears these words, or this name. */
export function press(root: ParentNode, words: string): void {
  pressable(root, words).click();
}

/** What can be pressed and bears these words, or this name. */
export function pressable(root: ParentNode, words: string): HTMLElement {
  const all = [...root.querySelectorAll<HTMLElement>('button, a, summary')];
  const found = all.find((one) => clean(one.textContent) === words || clean(one.getAttribute('aria-label')) === words);
  if (!found) throw new Error(`nothing says "${words}": ${all.map((one) => clean(one.textContent)).join(' | ')}`);
  return found;
}

export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(requestAnimationFrame);
}
