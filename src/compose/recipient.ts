import { BrowserSaver } from '../client/browser-saver.ts';
import { CoverGlance } from '../client/cover-glance.ts';
import { FirstCover } from '../flow/first-cover.ts';
import type { RecipientFlow } from '../flow/recipient-flow.ts';
import type { RecipientSettings } from './recipient-settings.ts';

export type { RecipientSettings };

/** Only what the cover of a link needs; what takes over from it is loaded when it is asked for. */
export function composeRecipient(settings: RecipientSettings): FirstCover<RecipientFlow> {
  const { broker, token } = settings;
  const saver = new BrowserSaver(navigator.userAgent);
  const covers = token === null ? null : new CoverGlance(broker, token, (url, init) => globalThis.fetch(url, init));
  return new FirstCover({
    covers,
    canSave: saver.canRead(0),
    async open() {
      const { openRecipient } = await import('./open-recipient.ts');
      return openRecipient(settings, saver, covers?.fetch);
    },
  });
}
