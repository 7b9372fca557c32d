import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { isolate } from '../../i18n/names.ts';
import { type IconName, icon } from '../icons.ts';
import type { View } from './view.ts';

/** Bytes from which on a file can be paused by itself; it then goes in parts, and what is stored of it stays. */
export const WORTH_A_PAUSE = 16 * 1024 * 1024;

type Tab = '-1' | typeof nothing;

/** What can be done with one file. `tab` keeps a long list to one stop of the Tab key. */
export function rowActions(view: View, item: ItemSnapshot, tab: Tab): TemplateResult | typeof nothing {
  const { words, acts, flow } = view;
  // While the window is open the list only waits.
  if (view.snapshot.phase === 'signing-in') return nothing;
  const name = isolate(item.name);
  const action = (sign: IconName, label: string, title: string, act: () => void, kind = ''): TemplateResult =>
    html`<button
      type="button"
      class="button icon-only ${kind}"
      tabindex=${tab}
      aria-label=${label}
      title=${title}
      @click=${act}
    >
      ${icon(sign)}
    </button>`;
  const remove = () => action('close', words.removeFile(name), words.remove, () => acts.remove(item), 'remove');
  switch (item.phase) {
    case 'preparing':
    case 'ready':
    case 'refused':
      return remove();
    case 'waiting':
    case 'uploading':
    case 'paused': {
      const cancel = action('close', words.cancelFile(name), words.cancel, () => acts.cancel(item));
      if (!isPausable(view, item)) return cancel;
      // One button that changes its words, so that it keeps the focus.
      const [sign, label, title]: [IconName, string, string] =
        item.phase === 'paused'
          ? ['play', words.carryOnFile(name), words.carryOn]
          : ['pause', words.pauseFile(name), words.pause];
      return html`${action(sign, label, title, () => acts.pauseOrCarryOn(item))} ${cancel}`;
    }
    case 'not-done':
      if (!mayBeTriedAgain(item)) return remove();
      return html`${action('retry', words.tryFileAgain(name), words.tryAgain, () => flow.retry(item.key))} ${remove()}`;
    case 'uploaded':
      // A form sends what stands in the list, so one must be able to take a file out of it.
      return view.isInForm ? remove() : nothing;
    case 'finishing':
      return nothing;
  }
}

/** It goes on in another tab, where trying again would upload it twice, or there is no room, which a press makes none of. */
function mayBeTriedAgain({ problem }: ItemSnapshot): boolean {
  return !['elsewhere', 'person_full', 'app_full'].includes(problem?.code ?? '');
}

/** Also a small one where all of it takes long. Nothing moves that could be paused while there is no connection. */
function isPausable({ snapshot, ui }: View, { phase, size }: ItemSnapshot): boolean {
  if (snapshot.phase !== 'uploading') return false;
  if (phase === 'paused') return true;
  const mayMove = (phase === 'waiting' || phase === 'uploading') && !snapshot.isOffline;
  return mayMove && (size > WORTH_A_PAUSE || ui.takesLong);
}
