import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 128 * 1024 * 1024;
const MAX_MS = 10_000;

/**
 * Reads away what is left of a refused body, so that the client finishes sending and then sees the answer: a browser
 * whose connection is cut in mid-upload only reports a network error. Bounded; false where something is left.
 */
export function drain(message: IncomingMessage): Promise<boolean> {
  if (message.readableEnded || message.destroyed) return Promise.resolve(message.complete);
  if (Number(message.headers['content-length']) > MAX_BYTES) return Promise.resolve(false);
  return new Promise((resolve) => {
    let bytes = 0;
    const finish = (isRead: boolean) => {
      clearTimeout(timer);
      message.off('data', count).off('end', end).off('close', close);
      resolve(isRead);
    };
    const count = (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) finish(false);
    };
    const end = () => finish(true);
    const close = () => finish(false);
    const timer = setTimeout(finish, MAX_MS, false);
    message.on('data', count).on('end', end).on('close', close);
  });
}
