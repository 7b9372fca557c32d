import type { RecipientCatalogue } from '../recipient-catalogue.ts';
import { kindsAr } from './kinds.ts';
import { recipientAr } from './recipient-words.ts';

export const pack: RecipientCatalogue = { words: recipientAr, kinds: kindsAr };
