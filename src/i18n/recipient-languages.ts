import { Languages } from './languages.ts';
import type { RecipientCatalogue } from './recipient-pack.ts';

/** What the recipient's page can be read in, beside English. */
export const recipientLanguages = new Languages<RecipientCatalogue>({
  ar: () => import('./recipient-ar.ts'),
  de: () => import('./recipient-de.ts'),
});
