/** Reading, checking and saving keeps the whole file in memory twice; above this the browser fetches by itself. */
export const READ_LIMIT = 100 * 1024 * 1024;

/** Long enough for the slowest browser to take the bytes over from the object URL. */
const REVOKE_MS = 60_000;

/** How a file gets into the downloads of a browser. */
export class BrowserSaver {
  readonly #isInApp: boolean;

  constructor(userAgent: string) {
    this.#isInApp = isInAppBrowser(userAgent);
  }

  /** Pages inside other apps drop what a page saves, without a word. */
  canRead(size: number): boolean {
    return size <= READ_LIMIT && !this.#isInApp;
  }

  save(blob: Blob, name: string): void {
    const address = URL.createObjectURL(blob);
    const anchor = document.createElement('a');
    anchor.href = address;
    anchor.download = name;
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(address), REVOKE_MS);
  }

  open(url: string): void {
    const anchor = document.createElement('a');
    anchor.href = url;
    anchor.rel = 'noreferrer';
    anchor.click();
  }
}

/** Web views of other apps: Android's say `wv`, Apple's leave `Safari` out, the large ones name themselves. */
export function isInAppBrowser(userAgent: string): boolean {
  if (/; wv\)|\bFBAN|\bFBAV|Instagram|MicroMessenger|\bLine\/|LinkedInApp|GSA\//.test(userAgent)) return true;
  return /iPhone|iPad|iPod/.test(userAgent) && !/Safari\//.test(userAgent);
}
