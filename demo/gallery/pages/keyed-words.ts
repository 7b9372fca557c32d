import { recipientCatalogue } from '../../../src/i18n/recipient-catalogue.ts';
import { firstRecipientEn } from '../../../src/i18n/recipient-first-en.ts';
import { recipientLanguages } from '../../../src/i18n/recipient-languages.ts';
import { sendLinkEn } from '../../../src/i18n/send-link-en.ts';
import { uploadCatalogue } from '../../../src/i18n/upload-catalogue.ts';
import { uploaderLanguages } from '../../../src/i18n/uploader-languages.ts';

/** After each sentence stands `⟦its key⟧`, so that a picture says where its words come from. */
export function showKeys(): void {
  const upload = uploadCatalogue.for('en').words;
  const uploader = {
    ...upload,
    words: keyed('upload', upload.words),
    problems: keyed('problems', upload.problems),
    sendLink: keyed('sendLink', sendLinkEn),
  };
  const recipient = recipientCatalogue.for('en').words;
  const receiver = { ...recipient, words: keyed('recipient', recipient.words) };
  Object.assign(uploaderLanguages, { load: () => null, find: () => ({ lang: 'en', pack: uploader }) });
  Object.assign(recipientLanguages, { load: () => null, find: () => ({ lang: 'en', pack: receiver }) });
}

/** Keys of all sentences that a person may meet; kinds of files, families and units are words within them. */
export function allKeys(): readonly string[] {
  const { words, problems } = uploadCatalogue.for('en').words;
  const recipient = { ...recipientCatalogue.for('en').words.words, ...firstRecipientEn };
  return [
    ...keysOf('upload', words),
    ...keysOf('problems', problems),
    ...keysOf('sendLink', sendLinkEn),
    ...keysOf('recipient', recipient),
  ];
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

const keysOf = (path: string, words: object): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    isGroup(value) ? keysOf(`${path}.${key}`, value) : [`${path}.${key}`],
  );

function keyed<Words extends object>(path: string, words: Words): Words {
  const marked = Object.entries(words).map(([key, value]) => [key, mark(`${path}.${key}`, value)]);
  return Object.fromEntries(marked) as Words;
}

function mark(path: string, value: unknown): unknown {
  if (typeof value === 'string') return `${value}⟦${path}⟧`;
  if (typeof value === 'function') return (...facts: unknown[]) => `${value(...facts)}⟦${path}⟧`;
  return isGroup(value) ? keyed(path, value) : value;
}
