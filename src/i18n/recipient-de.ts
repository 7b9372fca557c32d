import { kindsDe } from './de/kinds.ts';
import { recipientDe } from './de/recipient.ts';
import type { RecipientCatalogue } from './recipient-pack.ts';

export const pack: RecipientCatalogue = { words: recipientDe, kinds: kindsDe };
