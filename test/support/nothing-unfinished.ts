import type { Unfinished } from '../../src/transfer/ports.ts';

/** Where no records are kept. */
export const NOTHING_UNFINISHED: Unfinished = {
  isAvailable: async () => false,
  count: async () => 0,
  list: async () => [],
  check: async () => 'over',
  reopen: async () => null,
  moveHere: async () => {},
  forget: async () => {},
  forgetAll: async () => {},
};
