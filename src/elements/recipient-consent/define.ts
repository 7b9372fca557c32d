import { RecipientConsent } from './recipient-consent.ts';

/** Two versions of the script may stand on one page; the first one there has the name. */
if (!customElements.get('recipient-consent')) customElements.define('recipient-consent', RecipientConsent);
