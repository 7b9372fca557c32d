import { kindsAr } from './ar/kinds.ts';
import { recipientAr } from './ar/recipient.ts';
import type { RecipientCatalogue } from './recipient-pack.ts';

export const pack: RecipientCatalogue = { words: recipientAr, kinds: kindsAr };
