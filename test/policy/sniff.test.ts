import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { guessType } from '../../src/policy/guess.ts';
import { EDGE_BYTES, look } from '../../src/policy/index.ts';
import { readContent } from '../../src/policy/sniff.ts';
import { bytes, EXE, JPEG, PDF, PNG, sniff, utf8, WEBP, zip } from './files.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const utf16 = (text: string) => bytes([0xff, 0xfe], Buffer.from(text, 'utf16le'));

const KINDS: readonly (readonly [string, Uint8Array, string])[] = [
  ['a PNG', PNG, 'image/png'],
  ['a JPEG', JPEG, 'image/jpeg'],
  ['a WebP', WEBP, 'image/webp'],
  ['a GIF', bytes('GIF89a', [1, 0, 1, 0, 0x80]), 'image/gif'],
  ['a HEIC of an iPhone', bytes([0, 0, 0, 0x24], 'ftypheic', [0, 0, 0, 0], 'mif1heic'), 'image/heic'],
  ['an AVIF', bytes([0, 0, 0, 0x20], 'ftypavif', [0, 0, 0, 0]), 'image/avif'],
  ['an MP4', bytes([0, 0, 0, 0x20], 'ftypisom', [0, 0, 2, 0]), 'video/mp4'],
  ['a film of an iPhone', bytes([0, 0, 0, 0x14], 'ftypqt  ', [0, 0, 0, 0]), 'video/quicktime'],
  ['a PDF', PDF, 'application/pdf'],
  ['a ZIP archive', zip(['photo.jpg']), 'application/zip'],
  ['an empty ZIP archive', zip([]), 'application/zip'],
  ['a ZIP archive with a folder called "word"', zip(['word/list.txt']), 'application/zip'],
  ['a Word document', zip(['[Content_Types].xml', 'word/document.xml']), `${OFFICE}.wordprocessingml.document`],
  ['an Excel sheet', zip(['[Content_Types].xml', 'xl/workbook.xml']), `${OFFICE}.spreadsheetml.sheet`],
  ['slides', zip(['[Content_Types].xml', 'ppt/presentation.xml']), `${OFFICE}.presentationml.presentation`],
  [
    'an OpenDocument text',
    zip([['mimetype', 'application/vnd.oasis.opendocument.text'], 'a']),
    'application/vnd.oasis.opendocument.text',
  ],
  ['an EPUB', zip([['mimetype', 'application/epub+zip'], 'META-INF/container.xml']), 'application/epub+zip'],
  [
    'a document with macros',
    zip(['[Content_Types].xml', 'word/vbaProject.bin']),
    'application/vnd.ms-office.vbaproject',
  ],
  ['a Java archive', zip(['META-INF/MANIFEST.MF', 'A.class']), 'application/java-archive'],
  ['an Android app', zip(['AndroidManifest.xml', 'classes.dex']), 'application/vnd.android.package-archive'],
  ['a JPEG with an archive behind it', bytes(JPEG, zip(['a.txt'], 'comment')), 'application/zip'],
  ['an old Word document', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'application/x-ole-storage'],
  ['a Windows program', EXE, 'application/x-msdownload'],
  ['a self-extracting archive', bytes(EXE, zip(['a.txt'])), 'application/x-msdownload'],
  ['a Linux program', bytes([0x7f], 'ELF', [2, 1, 1, 0]), 'application/x-elf'],
  ['a macOS program', bytes([0xcf, 0xfa, 0xed, 0xfe, 7, 0, 0, 1]), 'application/x-mach-binary'],
  ['a universal macOS program', bytes([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2]), 'application/x-mach-binary'],
  ['a Windows shortcut', bytes([0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0]), 'application/x-ms-shortcut'],
  ['a shell script', utf8('#!/bin/sh\nrm -r ~\n'), 'text/x-shellscript'],
  ['an SVG', utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  [
    'an SVG behind a prolog',
    utf8('\ufeff<?xml version="1.0"?>\n<!-- drawn -->\n<!DOCTYPE svg>\n<svg/>'),
    'image/svg+xml',
  ],
  ['an SVG with a prefix', utf8('<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  ['an SVG in UTF-16', utf16('<svg onload="alert(1)"/>'), 'image/svg+xml'],
  ['a page', utf8('\n  <!DOCTYPE HTML>\n<p>Hello'), 'text/html'],
  ['a page that begins with a comment', utf8('<!-- a --><SCRIPT>alert(1)</SCRIPT>'), 'text/html'],
  ['a page in UTF-16', utf16('<script>alert(1)</script>'), 'text/html'],
  [
    'an XHTML page',
    utf8('<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"/>'),
    'application/xhtml+xml',
  ],
  ['XML', utf8('<?xml version="1.0"?><order/>'), 'application/xml'],
  ['PHP', utf8('<?php echo 1;'), 'application/x-php'],
  ['text', utf8('Dear Jo,\r\n\tthank you. — Maria\n'), 'text/plain'],
  ['text with one character', utf8('a'), 'text/plain'],
  ['text in UTF-16', utf16('Dear Jo'), 'text/plain'],
  ['text that mentions a tag', utf8('Use <svg> or <script> here'), 'text/plain'],
  ['text that begins like a program', utf8('MZ is a country code, BM is another'), 'text/plain'],
  ['text that begins like a picture', utf8('BMW invoice 12'), 'text/plain'],
  ['a table', utf8('name;size\na;1\n'), 'text/plain'],
  ['a text in a code page of long ago', bytes('caf', [0xe9], ' au lait'), 'text/plain'],
  ['zeros', new Uint8Array(600), ''],
  ['nothing', new Uint8Array(0), ''],
];

describe('content tells what a file is', () => {
  for (const [what, content, type] of KINDS) {
    test(`${what} is ${type || 'nothing that is known'}`, () => {
      assert.equal(sniff(content, content), type);
    });
  }

  test('a text may be cut within a character at the end of its head and at the start of its tail', () => {
    const whole = utf8('ä'.repeat(EDGE_BYTES));
    assert.equal(sniff(whole.subarray(0, EDGE_BYTES - 1), whole.subarray(whole.length - EDGE_BYTES + 1)), 'text/plain');
  });

  test('a text with a binary end is no text', () => {
    assert.equal(sniff(utf8('Dear Jo'), bytes('end', [0, 1, 2])), '');
  });

  test('the directory at the end of an archive tells of a document whose parts stand far behind its head', () => {
    const whole = zip(['[Content_Types].xml', ['docProps/thumb.jpeg', 'x'.repeat(70_000)], 'word/document.xml']);
    const type = sniff(whole.subarray(0, EDGE_BYTES), whole.subarray(-EDGE_BYTES));
    assert.equal(type, `${OFFICE}.wordprocessingml.document`);
  });

  test('a document may carry an archive along, a picture may not', () => {
    assert.equal(sniff(PDF, bytes(zip(['a']), 'endstream')), 'application/pdf');
    assert.equal(sniff(JPEG, bytes(zip(['a']), 'more picture')), 'application/zip');
  });

  test('an end record alone makes no archive', () => {
    assert.equal(sniff(JPEG, bytes(zip([]), 'more picture')), 'image/jpeg');
  });
});

describe('a library of signatures', () => {
  const read = (content: Uint8Array) => async (from: number, to: number) => content.subarray(from, to);

  test('is not asked for pictures, documents, texts and archives, and never decides what they are', async () => {
    const library = () => assert.fail('asked');
    for (const content of [JPEG, PNG, WEBP, bytes('GIF89a', [1, 0]), PDF, zip(['a']), utf8('Dear Jo'), EXE, utf8('')]) {
      const { content: seen } = await look(read(content), content.length, library);
      assert.deepEqual(seen, readContent(content, content, content.length, 'video/x-other'));
    }
  });

  test('knows the pictures that are told without it by the same names', () => {
    const kinds = [JPEG, WEBP, bytes('GIF87a', [1, 0]), bytes('GIF89a', [1, 0])].map((content) => guessType(content));
    assert.deepEqual(kinds, ['image/jpeg', 'image/webp', 'image/gif', 'image/gif']);
  });

  test('tells what nothing else can tell; a look fails where it cannot be had', async () => {
    const flac = bytes('fLaC', [0, 0, 0, 34, 0xff]);
    assert.deepEqual((await look(read(flac), flac.length, guessType)).content, { type: 'audio/flac' });
    await assert.rejects(
      look(read(flac), flac.length, () => Promise.reject(new RangeError('not here'))),
      RangeError,
    );
  });
});

describe('sniffing under fuzz', () => {
  const prefix = fc.constantFrom(...KINDS.map(([, content]) => content));
  const noise = fc.uint8Array({ maxLength: 400 });

  test('never throws, answers a media type or nothing, and answers the same twice', () => {
    fc.assert(
      fc.property(prefix, fc.nat(60), noise, noise, (start, cut, middle, tail) => {
        const head = bytes(start.subarray(0, cut), middle);
        const type = sniff(head, tail);
        assert.match(type, /^$|^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/);
        assert.equal(sniff(head.slice(), tail.slice()), type);
      }),
      { numRuns: 2000 },
    );
  });

  test('ends within a second on 64 KiB made to be slow', () => {
    for (const piece of ['PK\x03\x04', 'PK\x05\x06', '<!--', '<a:', '<', '<?x>', 'PK', 'svg', ' ', '\xc3\xa4']) {
      const full = bytes(piece.repeat(EDGE_BYTES / piece.length)).subarray(0, EDGE_BYTES);
      const began = performance.now();
      sniff(full, full);
      sniff(bytes('<', full).subarray(0, EDGE_BYTES), full);
      assert.ok(performance.now() - began < 1000, JSON.stringify(piece));
    }
  });
});
