import * as v from 'valibot';
import { EMBED_PROTOCOL } from '../contract/embed.ts';

/** The little of a window that hears. */
export interface Hearing {
  addEventListener(type: 'message', hear: (event: MessageEvent) => void): void;
  removeEventListener(type: 'message', hear: (event: MessageEvent) => void): void;
}

/**
 * Hears what the other window says, if it is that very window, on one of these very origins (compared as whole strings:
 * a prefix of another host's name is no match, and neither is `null`), and all of it fits the schema. Anything else is
 * dropped in silence, because an answer would tell whoever tries. The answer of this ends the hearing.
 */
export function hear<Schema extends v.GenericSchema>(
  win: Hearing,
  from: { readonly source: () => unknown; readonly origins: readonly string[] },
  schema: Schema,
  act: (message: v.InferOutput<Schema>, origin: string) => void,
): () => void {
  const heard = (event: MessageEvent): void => {
    if (event.source === null || event.source !== from.source() || !from.origins.includes(event.origin)) return;
    const message = read(schema, event.data);
    if (message !== null) act(message, event.origin);
  };
  win.addEventListener('message', heard);
  return () => win.removeEventListener('message', heard);
}

/** The message, or null where anything about it is strange. Of another protocol's not even the rest is read. */
function read<Schema extends v.GenericSchema>(schema: Schema, data: unknown): v.InferOutput<Schema> | null {
  if ((data as { readonly protocol?: unknown } | null)?.protocol !== EMBED_PROTOCOL) return null;
  // What is too large or strange ends the reading where it begins to be so.
  const parsed = v.safeParse(schema, data, { abortEarly: true });
  return parsed.success ? parsed.output : null;
}

/** 128 bits that nobody guesses. */
export function newSession(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
