import { UploadError } from '../errors.ts';
import { type Leaving, prepareToLeave, type RoundTrip } from '../identity/round-trip.ts';
import { TabTrips } from '../identity/tab-trips.ts';

/** Takes this page to the sign-in and, when it is here again, brings back what it had left. */
export interface Leave {
  /** The page goes away. Fails with sign_in_unkept, or with sign_in_cancelled where the person comes back by hand. */
  away(leaving: Omit<Leaving, 'here'>, signal: AbortSignal): Promise<never>;
  /** Fails with sign_in_lost where this tab did not begin it. */
  back(app: string, state: string): Promise<RoundTrip>;
}

/** In this window. */
export function browserLeave(broker: URL): Leave {
  const trips = new TabTrips(broker.origin);
  return {
    async away(leaving, signal) {
      const url = await prepareToLeave({ ...leaving, here: new URL(location.href) }, trips);
      signal.throwIfAborted();
      return new Promise((_, reject) => {
        const end = () => {
          window.stop();
          reject(new UploadError('sign_in_cancelled'));
        };
        signal.addEventListener('abort', end, { once: true });
        // Whoever presses Back finds the page as it was, waiting.
        addEventListener('pageshow', ({ persisted }) => persisted && end(), { once: true });
        follow(url);
      });
    },
    async back(app, state) {
      const trip = await trips.take(app, state);
      if (!trip) throw new UploadError('sign_in_lost');
      if (trip.hash) history.replaceState(history.state, '', trip.hash);
      return trip;
    },
  };
}

/** A link may say where it stands whatever the page's policy for referrers is; the broker goes by that. */
function follow(url: URL): void {
  const link = document.createElement('a');
  link.href = url.href;
  link.referrerPolicy = 'origin';
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}
