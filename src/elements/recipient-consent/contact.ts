import { html, type TemplateResult } from 'lit';
import { isolate } from '../../i18n/names.ts';
import { contactHref } from '../contact-href.ts';
import type { CoverView } from './view.ts';

/** A mail address or a page; anything else stays text. */
export function contactLink(contact: string, text: string): TemplateResult {
  const href = contactHref(contact);
  if (href === null) return html`<bdi>${contact}</bdi>`;
  return html`<a class="link" href=${href} rel="noreferrer"><bdi>${text}</bdi></a>`;
}

export function contactOrg({ cover, words }: CoverView): TemplateResult {
  return html`<p>${contactLink(cover.contact, words.contact(isolate(cover.sender.org)))}</p>`;
}
