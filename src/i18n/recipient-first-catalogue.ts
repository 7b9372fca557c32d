import { Catalogue } from './messages.ts';
import { type FirstRecipientWords, firstRecipientEn } from './recipient-first-en.ts';

/** What the recipient's page says before its other screens are loaded. */
export const firstRecipientCatalogue = new Catalogue<FirstRecipientWords>(firstRecipientEn);
