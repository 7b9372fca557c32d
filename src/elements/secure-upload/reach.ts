/** `blocked` by the page's own policy; `silent` where nothing answers, or not to pages. */
export type Reach = 'reached' | 'blocked' | 'silent';

/** The report of a blocked request may come after the request has failed: as a task (Chromium), or from another process (Firefox). */
const REPORT_MS = 500;

const REQUEST: RequestInit = { mode: 'no-cors', credentials: 'omit', cache: 'no-store' };

/** Asks without reading the answer, so the other side need not know the page. */
export async function reach(url: URL): Promise<Reach> {
  const listening = new AbortController();
  const blocked = refusal(url, listening.signal);
  try {
    await fetch(url, REQUEST);
    return 'reached';
  } catch {
    return await Promise.race([blocked, after(REPORT_MS).then(() => 'silent' as const)]);
  } finally {
    listening.abort();
  }
}

/**
 * Whether the page's policy keeps requests to this address back. Ours is taken back in the same task: the policy has
 * judged it by then, and a storage would answer a stranger with 403, which browsers write into the console in red.
 */
export async function mayAsk(url: URL): Promise<boolean> {
  const [listening, taking] = [new AbortController(), new AbortController()];
  const blocked = refusal(url, listening.signal);
  const asked = fetch(url, { ...REQUEST, signal: taking.signal });
  taking.abort();
  await asked.catch(() => undefined);
  const answer = await Promise.race([blocked, after(REPORT_MS)]);
  listening.abort();
  return answer !== 'blocked';
}

function refusal(url: URL, signal: AbortSignal): Promise<'blocked'> {
  return new Promise((resolve) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI }) => {
        if (URL.canParse(blockedURI) && new URL(blockedURI).origin === url.origin) resolve('blocked');
      },
      { signal },
    );
  });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
