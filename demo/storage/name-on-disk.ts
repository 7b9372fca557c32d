import { createHash } from 'node:crypto';

/** No text of a caller ever is, or is part of, a path. */
export const nameOnDisk = (text: string): string => createHash('sha256').update(text).digest('hex');
