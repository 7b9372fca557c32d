import { TransformFailure } from './failure.ts';

/** More than the headers of one picture, less than a phone notices. Bytes. */
const WINDOW = 256 * 1024;

/** A file read by window, so that memory stays the same however large it is. */
export class Source {
  readonly size: number;
  readonly #blob: Blob;
  readonly #signal: AbortSignal;
  #from = 0;
  #window = new Uint8Array();

  constructor(blob: Blob, signal: AbortSignal) {
    this.size = blob.size;
    this.#blob = blob;
    this.#signal = signal;
  }

  /** Exactly `count` bytes from `at`; fails where the file ends before. */
  async bytes(at: number, count: number): Promise<Uint8Array<ArrayBuffer>> {
    if (at + count > this.size) throw new RangeError('the file ends within its structure');
    if (at < this.#from || at + count > this.#from + this.#window.length) await this.#load(at, count);
    return this.#window.subarray(at - this.#from, at - this.#from + count);
  }

  /** The bytes from `at` on, as many as are at hand, `least` of them at least. */
  async some(at: number, least: number): Promise<Uint8Array<ArrayBuffer>> {
    await this.bytes(at, least);
    return this.#window.subarray(at - this.#from);
  }

  async #load(at: number, count: number): Promise<void> {
    this.#signal.throwIfAborted();
    try {
      const end = Math.min(this.size, at + Math.max(count, WINDOW));
      this.#window = new Uint8Array(await this.#blob.slice(at, end).arrayBuffer());
      this.#from = at;
    } catch (error) {
      throw new TransformFailure('file_unreadable', error);
    }
    if (this.#window.length < count) throw new TransformFailure('file_unreadable');
  }
}

export const big16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const big32 = (bytes: Uint8Array, at: number): number => big16(bytes, at) * 0x10000 + big16(bytes, at + 2);
export const little16 = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
export const little24 = (bytes: Uint8Array, at: number): number => little16(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
export const little32 = (bytes: Uint8Array, at: number): number =>
  little16(bytes, at) + little16(bytes, at + 2) * 0x10000;

/** For looking up ASCII words in bytes: above them it is windows-1252, as browsers read this label. */
export const latin1 = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

export const fromLatin1 = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0));
