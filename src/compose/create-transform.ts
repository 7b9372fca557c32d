import { UploadError } from '../errors.ts';
import type { Transform } from '../flow/ports.ts';
import type { TransformFailure, transform } from '../transform/index.ts';

/** Loads what works on pictures with the first file of an app that wants it, and tells its failures in our codes. */
export function createTransform(load: () => Promise<typeof transform>): Transform {
  return async (file, wishes, signal) => {
    const work = await load();
    try {
      return await work(file, wishes, signal);
    } catch (cause) {
      throw isFailure(cause) ? new UploadError(cause.code, { cause }) : cause;
    }
  };
}

/** By its name: the class itself is loaded with the rest. */
const isFailure = (error: unknown): error is TransformFailure =>
  error instanceof Error && error.name === 'TransformFailure';
