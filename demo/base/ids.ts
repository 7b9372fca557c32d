import { createHash, randomBytes, randomInt } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const pick = (alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** 132 random bits: an id may stand in an address and is no authority, but nobody can guess one. */
export const newId = (): string => pick(BASE62, 22);

/** 8 characters that people read to each other. Opens nothing. */
export const newReference = (): string => pick(CROCKFORD, 8);

/** A link's secret: 43 letters and digits, 256 bits, safe at the end of a line in any mail program. */
export const newLinkToken = (): string => pick(BASE62, 43);

/** 8 digits, evenly drawn. */
export const newCode = (): string => String(randomInt(100_000_000)).padStart(8, '0');

/** 32 random bytes in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const sha256 = (text: string | Uint8Array): Buffer => createHash('sha256').update(text).digest();
