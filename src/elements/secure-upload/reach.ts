/** `blocked` by the page's own policy; `silent` where nothing answers, or not to pages. */
export type Reach = 'reached' | 'blocked' | 'silent';

/** The report of a blocked request may come after the request has failed: as a task (Chromium), or from another process (Firefox). */
const REPORT_MS = 500;

/** Asks without reading the answer, so the other side need not know the page. */
export async function reach(url: URL): Promise<Reach> {
  const listening = new AbortController();
  const blocked = new Promise<Reach>((resolve) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI }) => {
        if (URL.canParse(blockedURI) && new URL(blockedURI).origin === url.origin) resolve('blocked');
      },
      { signal: listening.signal },
    );
  });
  try {
    await fetch(url, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
    return 'reached';
  } catch {
    return await Promise.race([blocked, after(REPORT_MS).then(() => 'silent' as const)]);
  } finally {
    listening.abort();
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
