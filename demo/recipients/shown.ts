import type { OfferedFile } from '../../src/contract/index.ts';
import { calledOf, sumOf } from '../uploads/upload-store.ts';
import type { OpenedLink } from './link-store.ts';

/** What a proven recipient may see of the files. */
export const offered = (opened: OpenedLink): OfferedFile[] =>
  opened.files.map((row) => ({ id: row.id, ...calledOf(row), size: row.size, type: row.type, ...sumOf(row) }));

/** `j•••@m•••.org`: enough to know one's own address again, too little to learn it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const first = (text: string) => Array.from(text)[0] ?? '';
  return `${first(address.slice(0, at))}•••@${first(domain)}•••${dot > 0 ? domain.slice(dot) : ''}`;
}
