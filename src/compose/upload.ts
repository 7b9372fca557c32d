import { AppGlance } from '../client/app-glance.ts';
import { FirstLook } from '../flow/first-look.ts';
import { VERSION } from '../version.ts';
import { EarlyWindow } from './early-window.ts';
import { catchReturned, takeReturned } from './returned.ts';

/** Only what the first paint needs; what takes over from it is loaded when it is asked for. */
export function composeUpload({ broker, app }: { readonly broker: URL; readonly app: string }): FirstLook {
  catchReturned();
  const early = new EarlyWindow(window, broker, app);
  return new FirstLook({
    early,
    version: VERSION,
    apps: new AppGlance(broker, app, (url, init) => globalThis.fetch(url, init)),
    async open(document) {
      const { openFlow } = await import('./open-flow.ts');
      return openFlow(broker, document, { takeReturned, takeWindow: () => early.take() });
    },
  });
}
