import { isIPv4 } from 'node:net';

/** 127.0.0.0/8 and ::1, also as IPv4-mapped IPv6. A name is not looked up: only `localhost` counts. */
export function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  return plain === '::1' || plain === 'localhost' || (isIPv4(plain) && plain.startsWith('127.'));
}
