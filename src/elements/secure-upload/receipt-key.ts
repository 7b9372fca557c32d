/**
 * Thumbprint (RFC 7638) of the key that signed a receipt, as its header names it (`kid`, RFC 7515 section 4.1.4). Told
 * for whoever compares it with the keys that the broker publishes; it proves nothing by itself. Null where there is none.
 */
export function keyOfReceipt(jws: string): string | null {
  try {
    const [head = ''] = jws.split('.');
    const header: unknown = JSON.parse(atob(head.replaceAll('-', '+').replaceAll('_', '/')));
    const kid = typeof header === 'object' && header !== null && 'kid' in header ? header.kid : null;
    return typeof kid === 'string' && /^[\w-]{43}$/.test(kid) ? kid : null;
  } catch {
    return null;
  }
}
