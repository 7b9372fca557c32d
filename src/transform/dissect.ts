import { dissectJpeg } from './jpeg.ts';
import type { Dissected } from './picture.ts';
import { dissectPng } from './png.ts';
import type { Source } from './source.ts';
import { dissectWebp } from './webp.ts';

interface Format {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly dissect: (source: Source) => Promise<Dissected>;
}

const startOf = async (source: Source): Promise<string> =>
  String.fromCharCode(...(await source.bytes(0, Math.min(12, source.size))));

/** By the first bytes, as every decoder has it; what the name says does not count. Null for other kinds of files. */
export async function formatOf(source: Source): Promise<Format | null> {
  const start = await startOf(source);
  if (start.startsWith('\xff\xd8')) return { type: 'image/jpeg', dissect: dissectJpeg };
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return { type: 'image/png', dissect: dissectPng };
  if (/^RIFF[\s\S]{4}WEBP/.test(start)) return { type: 'image/webp', dissect: dissectWebp };
  return null;
}

/** Whether a file of no such format is a picture or a film all the same, which may tell where it was made. */
export async function isOtherPicture(source: Source, type: string): Promise<boolean> {
  const start = await startOf(source);
  return /^(image|video)\//.test(type) || /^(GIF8|II\*\0|MM\0\*|BM|[\s\S]{4}ftyp)/.test(start);
}
