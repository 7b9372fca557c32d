/** The little of a window that opens another one. */
export interface Opens {
  open(url: string, target: string, features: string): StartWindow | null;
}
export interface StartWindow {
  postMessage(message: unknown, targetOrigin: string): void;
  focus(): void;
  close(): void;
}

/** Wide enough for the providers' login pages; a phone opens a tab whatever is asked for. */
const FEATURES = 'popup,width=520,height=680';

/** Where the sign-in of an app starts at its broker. */
export function startAddress(broker: URL, app: string): URL {
  return new URL(`/sign-in/start?app=${encodeURIComponent(app)}`, broker);
}

/**
 * Opens it in a window of its own; within the person's press. Null where the browser did not: Firefox throws in a sandbox
 * without `allow-popups`.
 */
export function openStartWindow(win: Opens, broker: URL, app: string): StartWindow | null {
  try {
    return win.open(startAddress(broker, app).href, '_blank', FEATURES);
  } catch {
    return null;
  }
}
