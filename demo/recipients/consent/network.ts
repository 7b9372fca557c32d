import { isIPv4, isIPv6 } from 'node:net';

/**
 * `203.0.113.0/24`, `2001:db8:12::/48`: enough to tell an office from another country, too little to tell a household.
 * Null for what is no address.
 */
export function shortenAddress(address: string): string | null {
  const plain = address.replace(/%.*$/, ''); // Of a link-local address the zone.
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  const v4 = mapped ?? plain;
  if (isIPv4(v4)) return `${v4.split('.', 3).join('.')}.0/24`;
  if (!isIPv6(plain)) return null;
  const groups = groupsOf(plain).slice(0, 3);
  while (groups.at(-1) === '0') groups.pop();
  return `${groups.join(':')}::/48`;
}

/** All eight groups, without leading zeros (RFC 5952 section 4.1). */
function groupsOf(address: string): string[] {
  const whole = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a: string, b: string, c: string, d: string) => {
    const pair = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${pair(a, b)}:${pair(c, d)}`;
  });
  const [head = '', tail] = whole.split('::');
  const list = (text: string | undefined) => (text ? text.split(':') : []);
  const [before, after] = [list(head), list(tail)];
  const gap = Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill('0');
  return [...before, ...gap, ...after].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
