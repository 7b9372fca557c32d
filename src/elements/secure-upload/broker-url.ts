/** The hosted page of an app, which does the same job; null where there is no such broker. */
export function uploadPageOf({ broker, app }: { readonly broker: string; readonly app: string }): string | null {
  const url = brokerUrl(broker);
  return url && app ? new URL(`/u/${encodeURIComponent(app)}`, url).href : null;
}

/** https everywhere; http only where the browser itself calls it safe. */
export function brokerUrl(address: string | null): URL | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isLoopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1' || url.hostname === '[::1]';
  return url.protocol === 'https:' || (url.protocol === 'http:' && (isLoopback || url.hostname.endsWith('.localhost')))
    ? url
    : null;
}
