/** What a handler gives back; the server writes it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ByteSource | null;
}

/** Bytes of an object. Whoever takes one closes it. */
export interface ByteSource {
  chunks(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export const empty = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers,
  body: null,
});

export const xml = (body: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body,
});
