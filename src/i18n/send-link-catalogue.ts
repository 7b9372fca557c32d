import { Catalogue } from './messages.ts';
import { sendLinkEn } from './send-link-en.ts';
import { uploaderLanguages } from './uploader-languages.ts';
import type { SendLinkCatalogue } from './uploader-pack.ts';

export const sendLinkCatalogue = new Catalogue<SendLinkCatalogue>({ sendLink: sendLinkEn }, uploaderLanguages);
