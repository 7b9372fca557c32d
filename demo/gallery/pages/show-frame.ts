import type { SecureUploadFrame } from '../../../src/embed/secure-upload-frame.ts';
import { REFUSED, SILENT, STATES } from '../frame-states.ts';

/** As long as a page waits for a frame that says nothing. */
const SILENT_MS = 10_000;
/** What a slow machine does not wait for either. */
const A_DAY_MS = 86_400_000;
const TURN_MS = 20;
const MOST_TURNS = 500;

/** Puts a frame onto the page; done when the box in it stands, or what people see in its place. */
export async function showFrame(state: keyof typeof STATES, place: HTMLElement): Promise<void> {
  const { inside, broker, isLate, attributes, shows } = STATES[state];
  const element = document.createElement('secure-upload-frame');
  element.setAttribute('broker', broker === 'here' ? location.origin : 'broker.example');
  if (inside !== null) element.setAttribute('app', inside);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  const link = document.createElement('a');
  link.href = 'https://broker.example/u/cs-screenshots';
  link.textContent = 'Upload files';
  element.append(link);
  const around = 'name' in attributes ? place.appendChild(document.createElement('form')) : place;
  const wait = window.setTimeout;
  const silence = isLate ? 0 : A_DAY_MS;
  window.setTimeout = ((act: () => void, ms = 0) => wait(act, ms === SILENT_MS ? silence : ms)) as typeof wait;
  around.append(element);
  window.setTimeout = wait;
  await until(() => stands(element, shows, inside));
  if (!('required' in attributes)) return;
  // The box has told what it lacks, and is told that the form was refused for it.
  await until(() => !element.checkValidity());
  await until(() => boxIn(element)?.shadowRoot?.querySelector('#form-fault') != null && stands(element, shows, inside));
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS && !isSo(); turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
}

function boxIn({ shadowRoot }: SecureUploadFrame): Element | null {
  return shadowRoot?.querySelector('iframe')?.contentDocument?.querySelector('secure-upload') ?? null;
}

function stands({ shadowRoot }: SecureUploadFrame, shows: 'frame' | 'link', inside: string | null): boolean {
  const frame = shadowRoot?.querySelector('iframe');
  if (!frame) return false;
  if (shows === 'link') return frame.hidden === true;
  // The page of a box tells its height; one that is silent or refused has that of the beginning.
  if (inside === SILENT || inside === REFUSED) return true;
  const box = frame.contentDocument?.documentElement;
  return frame.style.blockSize !== '' && box !== undefined && box.scrollHeight <= frame.clientHeight;
}
