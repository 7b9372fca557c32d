import type { FileHandle } from 'node:fs/promises';

/** What a handler gives back; the server writes it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | FileSlice | null;
}

/** Bytes first..last (inclusive) of an open file, which the server closes. */
export interface FileSlice {
  readonly file: FileHandle;
  readonly first: number;
  readonly last: number;
}

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: null,
});

export const xml = (body: string): Answer => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });
