import type { BatchRecords } from '../../src/flow/ports.ts';

/** Where nothing is kept of batches. */
export const NO_BATCHES: BatchRecords = {
  keep: () => {},
  end: () => {},
  find: async () => [],
  forget: () => {},
  close: () => {},
};
