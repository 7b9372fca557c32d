import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** Real files on disk, made anew for each run so that no store can have seen them. */
export interface TestFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** base64 */
  readonly sha256: string;
}

export function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'secure-upload-files-'));
}

export function makeFile(folder: string, name: string, bytes: Buffer): TestFile {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, name, bytes, sha256: createHash('sha256').update(bytes).digest('base64') };
}

/** A picture that decoders take: a PNG of noise, of about `size` bytes and 64 pixels wide. */
export function pngBytes(size = 0): Buffer {
  const width = 64;
  const height = Math.max(64, Math.round(size / (width * 3 + 1)));
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), randomBytes(width * 3)]));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const body = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows)))];
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...body, chunk('IEND', Buffer.alloc(0))]);
}

/** A JPEG as far as its structure goes, of exactly `size` bytes: photos from phones are mostly entropy too. */
export function jpegBytes(size: number): Buffer {
  const start = Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0000b080040004001011100ffda0008010100003f00',
    'hex',
  );
  const end = Buffer.from('ffd9', 'hex');
  // 0xff begins a marker.
  const noise = randomBytes(size - start.length - end.length).map((byte) => Math.min(byte, 0xfe));
  return Buffer.concat([start, noise, end]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
