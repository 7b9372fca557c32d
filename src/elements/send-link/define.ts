import { SendLink } from './send-link.ts';

/** Two versions of the script may stand on one page; the first one there has the name. */
if (!customElements.get('send-link')) customElements.define('send-link', SendLink);
