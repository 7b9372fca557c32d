import { Catalogue } from './messages.ts';
import { type FirstRecipientWords, firstRecipientEn } from './recipient-first-en.ts';
import { recipientLanguages } from './recipient-languages.ts';

/** What the recipient's page says before its other screens are loaded. */
export const firstRecipientCatalogue = new Catalogue<FirstRecipientWords>(firstRecipientEn, {
  find(lang) {
    const found = recipientLanguages.find(lang);
    return found && { lang: found.lang, pack: found.pack.words };
  },
});
