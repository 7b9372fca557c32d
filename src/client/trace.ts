const hex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** One trace id per batch, so that the broker's log shows what belongs together. */
export const newTrace = (): string => hex(16);

/** A W3C `traceparent` for one request of a trace; sampled. */
export const traceparent = (trace: string): string => `00-${trace}-${hex(8)}-01`;
