import { kindsEn } from './kinds-en.ts';
import { Catalogue } from './messages.ts';
import { recipientEn } from './recipient-en.ts';
import { recipientLanguages } from './recipient-languages.ts';
import type { RecipientCatalogue } from './recipient-pack.ts';

export const recipientCatalogue = new Catalogue<RecipientCatalogue>(
  { words: recipientEn, kinds: kindsEn },
  recipientLanguages,
);
