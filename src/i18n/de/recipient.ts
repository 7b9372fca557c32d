import type { RecipientCatalogue } from '../recipient-catalogue.ts';
import { kindsDe } from './kinds.ts';
import { recipientDe } from './recipient-words.ts';

export const pack: RecipientCatalogue = { words: recipientDe, kinds: kindsDe };
