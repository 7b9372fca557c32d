import { Catalogue } from './messages.ts';
import { type SendLinkWords, sendLinkEn } from './send-link-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';

/** Everything the form for a link says. */
export interface SendLinkCatalogue {
  readonly sendLink: SendLinkWords;
}

export const sendLinkCatalogue = new Catalogue<SendLinkCatalogue>({ sendLink: sendLinkEn }, uploaderLanguages);
