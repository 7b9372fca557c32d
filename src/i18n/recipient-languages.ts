import { Languages } from './languages.ts';
import type { RecipientCatalogue } from './recipient-catalogue.ts';

/** What the recipient's page can be read in, beside English. */
export const recipientLanguages = new Languages<RecipientCatalogue>({
  ar: () => import('./ar/recipient.ts'),
  de: () => import('./de/recipient.ts'),
});
