import { type Limits, MB } from '../../src/contract/index.ts';
import { guessType } from '../../src/policy/guess.ts';
import { type Content, sniffed } from '../../src/policy/index.ts';
import { readContent } from '../../src/policy/sniff.ts';

/** First bytes of files as programs write them. */
export const bytes = (...parts: readonly (string | readonly number[] | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a, 0, 0, 0, 13], 'IHDR', [0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0]);
export const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
export const WEBP = bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8 ');
export const PDF = bytes('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n<< >>\nendobj\n%%EOF\n');
export const EXE = bytes('MZ', [0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff], 'This program cannot be run in DOS mode');

/** An archive of empty, stored entries (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
export function zip(entries: readonly (string | readonly [string, string])[], comment = ''): Uint8Array {
  const pairs = entries.map((entry) => (typeof entry === 'string' ? ([entry, ''] as const) : entry));
  const u16 = (n: number) => [n & 255, n >> 8];
  const local = pairs.map(([name, content]) =>
    bytes('PK\x03\x04', new Uint8Array(22), u16(name.length), [0, 0], name, content),
  );
  const central = pairs.map(([name]) =>
    bytes('PK\x01\x02', new Uint8Array(24), u16(name.length), new Uint8Array(16), name),
  );
  const end = bytes('PK\x05\x06', new Uint8Array(16), u16(comment.length), comment);
  return bytes(...local, ...central, end);
}

export const LIMITS: Limits = {
  max_file_bytes: 15 * MB,
  max_total_bytes: 40 * MB,
  max_files: 3,
  max_name_length: 20,
  accepts: [
    { name: 'photos', types: ['image/jpeg', 'image/webp', 'image/heif'], extensions: ['jpg', 'jpeg', 'webp', 'heic'] },
    { name: 'images', types: ['image/png'], extensions: ['png'] },
    { name: 'documents', types: ['application/pdf'], extensions: ['pdf'] },
    { name: 'texts', types: ['text/plain', 'text/csv'], extensions: ['txt', 'csv'] },
    { name: 'archives', types: ['application/zip'], extensions: ['zip'] },
  ],
};

/** What a look at a file of these ends sees. */
export const seen = (
  head: Uint8Array,
  tail = head,
  size = head.length,
): { content: Content; head: Uint8Array; tail: Uint8Array } => ({
  content: readContent(head, tail, size, guessType(head)),
  head,
  tail,
});

/** The one media type of it. */
export const sniff = (head: Uint8Array, tail = head): string => sniffed(seen(head, tail).content);
