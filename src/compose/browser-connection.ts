import type { Connection } from '../transfer/ports.ts';

export const browserConnection: Connection = {
  isOnline: () => navigator.onLine,
  whenOnline(act) {
    window.addEventListener('online', act, { once: true });
    return () => window.removeEventListener('online', act);
  },
};
