import { MB } from './mb.ts';

/** Up to here a file is one PUT, bound to the SHA-256 of all of it. Above it travels in parts. Bytes. */
export const SINGLE_PUT_BYTES = 16 * MB;
