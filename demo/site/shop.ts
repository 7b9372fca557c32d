import { readFileSync } from 'node:fs';
import type { Snippet } from './snippet.ts';

/** Pages with one box: what the builder says, and the app that the box names. */
const BOXES = {
  '/': {
    title: 'send us your photos',
    app: 'cs-screenshots',
    heading: 'Send us your photos',
    text: 'Show us what went wrong with your order. A picture says more than a long email.',
  },
  '/files': {
    title: 'files for your case',
    app: 'case-files',
    heading: 'Files for your case',
    text: 'Contracts, letters, pictures: everything that belongs to your case.',
  },
  '/event': {
    title: 'photos of the summer party',
    app: 'event-photos',
    heading: 'The summer party',
    text: 'You took pictures? Let everybody see them. The box asks first what may be done with them.',
  },
  // One for each thing that an app can ask of people before they upload.
  '/ways/guests': {
    title: 'guests',
    app: 'visitor-photos',
    heading: 'What did you see?',
    text: 'Pictures of your visit are welcome. You need no account: we email you a code.',
  },
  '/ways/codes': {
    title: 'a code to type',
    app: 'front-desk',
    heading: 'Lost and found',
    text: 'At the kiosk in our shop no window can open. It shows a code, and you sign in on your phone.',
  },
  '/ways/stronger': {
    title: 'a second step',
    app: 'contracts',
    heading: 'Send us your signed contract',
    text: 'A contract matters more than a picture, so we ask for a second step when you sign in.',
  },
} as const;

const MENU = {
  '/': 'Photos',
  '/files': 'Files',
  '/event': 'Event',
  '/form': 'A form',
  '/ways': 'Ways in',
  '/inbox': 'Inbox',
} as const;

/** Path → page, as plain as builders write theirs. */
export function shopPages(snippet: Snippet): ReadonlyMap<string, string> {
  const { broker, script, integrity, frameScript, frameIntegrity } = snippet;
  const boxes = Object.entries(BOXES).map(([path, { title, ...words }]) =>
    inShell(path, title, fill(read('box.html'), { broker, script, integrity, ...words })),
  );
  const form = (documents: string) => fill(read('form.html'), { documents });
  return new Map([
    ...boxes,
    inShell('/form', 'open a case', form(field('secure-upload', broker, script, integrity))),
    inShell(
      '/framed',
      'open a case, with the box in a frame',
      form(field('secure-upload-frame', broker, frameScript, frameIntegrity)),
    ),
    inShell('/ways', 'ways in', read('ways.html')),
  ]);
}

/** The pasted lines as a field of a form. */
const field = (tag: string, broker: string, script: string, integrity: string): string => `\
        <script type="module" src="${script}"
                integrity="${integrity}" crossorigin></script>
        <${tag} broker="${broker}" app="case-files" name="documents" required>
          <a href="${broker}/u/case-files">Upload files</a>
        </${tag}>`;

function inShell(path: string, title: string, main: string): [path: string, page: string] {
  const menu = Object.entries(MENU).map(
    ([to, name]) => `<a href="${to}"${to === path ? ' aria-current="page"' : ''}>${name}</a>`,
  );
  return [path, fill(read('shell.html'), { title, menu: menu.join(' '), main: main.trimEnd() })];
}

const read = (name: string): string => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');

const fill = (page: string, words: Readonly<Record<string, string>>): string =>
  page.replace(/\{\{(\w+)\}\}/g, (_, name: string) => words[name] ?? '');
