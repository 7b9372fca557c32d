import { Catalogue } from './messages.ts';
import { type SendLinkWords, sendLinkEn } from './send-link-en.ts';

/** Everything the form for a link says. */
export const sendLinkCatalogue = new Catalogue<SendLinkWords>(sendLinkEn);
