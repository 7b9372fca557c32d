/**
 * The secret of a link stands in the fragment, which browsers send to no server. Mail programs and link protection
 * change addresses on the way: `#` becomes `%23`, once or twice encoded, and a full stop or `>` sticks to the end.
 */
const TOKEN = /^[^A-Za-z0-9]*([A-Za-z0-9]{43})(?![A-Za-z0-9])/;
const ENCODINGS = 3;

/** The link's token in an address, or in pasted text; null where part of it is missing. */
export function tokenIn(text: string): string | null {
  const address = decodeFully(text.trim());
  const hash = address.indexOf('#');
  if (hash < 0) return null;
  return TOKEN.exec(address.slice(hash + 1))?.[1] ?? null;
}

/**
 * `/r` on the broker's own origin, and `/w` for taking an answer back; also with the secret that link protection moved into
 * their path. Null anywhere else.
 */
export function recipientPath(location: URL, broker: URL): '/r' | '/w' | null {
  if (location.origin !== broker.origin) return null;
  const [, page] = /^\/([rw])(?:$|[/#])/.exec(decodeFully(location.pathname)) ?? [];
  return page === undefined ? null : page === 'w' ? '/w' : '/r';
}

function decodeFully(text: string): string {
  let decoded = text;
  for (let round = 0; round < ENCODINGS; round += 1) decoded = decodeOnce(decoded);
  return decoded;
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
