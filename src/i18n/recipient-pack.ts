import type { Kind, KindWords } from './kinds.ts';
import type { RecipientWords } from './recipient-en.ts';

/** Everything the recipient's page says, in one language. */
export interface RecipientCatalogue {
  readonly words: RecipientWords;
  readonly kinds: Readonly<Record<Kind, KindWords>>;
}
