import { startsWith } from './bytes.ts';

/** Bytes that plain text never has: C0 controls but tab, line feed, form feed, carriage return, escape (ANSI colours). */
const BINARY = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;
const UTF16 = [
  { mark: [0xff, 0xfe], label: 'utf-16le' },
  { mark: [0xfe, 0xff], label: 'utf-16be' },
] as const;

/** The text that these bytes are: UTF-8, or UTF-16 that says so in its first two bytes. Null where they are no text. */
export function readText(bytes: Uint8Array): string | null {
  const label = UTF16.find(({ mark }) => startsWith(bytes, mark))?.label ?? 'utf-8';
  try {
    // `stream`: a character may be cut where the head ends.
    const text = new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true });
    return BINARY.test(text) ? null : text;
  } catch {
    return null;
  }
}

/**
 * The text of a code page of long ago, as Excel and Notepad still write it, read as windows-1252: no byte of it is a
 * control. Its letters may come out wrong, its markup does not. Null where they are no text.
 */
export function readOldText(bytes: Uint8Array): string | null {
  if (bytes.some((byte) => byte === 0x7f)) return null;
  const text = new TextDecoder('windows-1252').decode(bytes);
  return BINARY.test(text) ? null : text;
}

/** Whether the end of a file goes on as the text of its head began; its first character may be cut. */
export function isTextTail(head: Uint8Array, tail: Uint8Array): boolean {
  if (tail === head) return true;
  if (UTF16.some(({ mark }) => startsWith(head, mark))) return true; // Any even bytes are UTF-16; nothing to learn here.
  let start = 0;
  while (start < 3 && ((tail[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return readText(tail.subarray(start)) !== null;
}

/** Tags that make a browser take text for a page (WHATWG MIME Sniffing, section 7.1), without those that prose may hold. */
const PAGE = /^<(!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\s>/]/;

/** What markup these characters are; '' where they are prose. A picture or page that can run scripts counts by one sight. */
export function readMarkup(text: string): string {
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .toLowerCase();
  if (!start.startsWith('<')) return '';
  if (/<([a-z_][\w.-]{0,40}:)?svg[\s>/]/.test(start) || start.includes('http://www.w3.org/2000/svg')) {
    return 'image/svg+xml';
  }
  if (start.includes('http://www.w3.org/1999/xhtml')) return 'application/xhtml+xml';
  const body = skipComments(start);
  if (PAGE.test(body)) return 'text/html';
  if (start.startsWith('<?xml')) return 'application/xml';
  return start.startsWith('<?php') || start.startsWith('<?=') ? 'application/x-php' : '';
}

/** A page may begin with comments and processing instructions. */
function skipComments(text: string): string {
  let at = 0;
  for (;;) {
    const end = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '>' : null;
    if (end === null) return text.slice(at, at + 200);
    const found = text.indexOf(end, at + 2);
    if (found === -1) return '';
    at = found + end.length;
    while (/\s/.test(text[at] ?? '')) at += 1;
  }
}
