import { addressNotListed, appUnknown, NO_ORIGIN, tagHints } from '../i18n/tag-hints-en.ts';

/** Why a tag loads nothing. */
export function tagHint(broker: string, app: string): string {
  const code = /[“”„‟″]/.test(`${app}${broker}`) ? 'quotes_curly' : app ? 'broker_missing' : 'app_missing';
  return `[secure-upload] ${code}: ${tagHints[code]}`;
}

/** A page cannot see why a frame of another origin stays empty, so all that keeps one so is named. */
export function silentHint({ origin, host }: URL, app: string): string {
  if (globalThis.origin === 'null') return `[secure-upload] origin_none: ${NO_ORIGIN}`;
  return [
    `[secure-upload] frame_silent: Nothing came from ${host} for 10 seconds. It is one of these.`,
    appUnknown(app, host),
    addressNotListed(globalThis.origin),
    `Your page does not let the frame load. Ask whoever runs the page to add: frame-src ${origin}`,
    `The broker cannot be reached: ${origin}. Check its address.`,
  ].join('\n- ');
}
