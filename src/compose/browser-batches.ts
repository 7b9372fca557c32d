import type { KeepingPorts } from '../transfer/batch-keeper.ts';
import { browserClock } from './browser-clock.ts';

/** Where this browser keeps how far batches came. */
export const browserBatches = {
  storage: () => localStorage,
  locks: () => navigator.locks,
  clock: browserClock,
  page: {
    isHidden: () => document.visibilityState === 'hidden',
    onTurn(act) {
      document.addEventListener('visibilitychange', act);
      addEventListener('pagehide', act);
      return () => {
        document.removeEventListener('visibilitychange', act);
        removeEventListener('pagehide', act);
      };
    },
  },
} satisfies KeepingPorts;
