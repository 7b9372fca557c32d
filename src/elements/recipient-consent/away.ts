import type { Away } from '../../flow/recipient-account.ts';

/** A window for signing in, empty until it is known where it goes. Null where the browser stopped it. */
export function openAway(): Away | null {
  const opened = window.open('', 'secure-upload-sign-in', 'popup,width=480,height=680');
  if (!opened) return null;
  // The page there must not be able to lead this one anywhere.
  opened.opener = null;
  return {
    go(address) {
      opened.location.replace(address);
    },
    close() {
      opened.close();
    },
  };
}
