import { UploadError } from '../errors.ts';

/** Loads and makes a thing when it is first needed; after a failure, anew. Fails with broker_down where it cannot be loaded. */
export function lazy<Thing>(make: () => Promise<Thing>): () => Promise<Thing> {
  let made: Promise<Thing> | null = null;
  return () => {
    made ??= make().catch((cause) => {
      made = null;
      throw new UploadError('broker_down', { cause });
    });
    return made;
  };
}
