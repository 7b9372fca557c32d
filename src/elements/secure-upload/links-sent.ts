import { html, nothing, type TemplateResult } from 'lit';
import type { StoredFile } from '../../contract/uploads.ts';
import { icon } from '../icons.ts';
import { providerName } from './app-facts.ts';
import { problemText } from './problem-text.ts';
import { signInNote, signingInNote } from './sign-in.ts';
import type { View } from './view.ts';

const NOTHING_TO_SEND: readonly StoredFile[] = [];

/** Where mails to senders lead: the hosted page with this in its address shows the links instead of the choosing. */
export const LINKS_SENT = '#links-sent';

export function maySendLinks({ app, snapshot }: View): boolean {
  const scopes = snapshot.person?.scopes ?? [];
  return app.links !== null && scopes.some((scope) => scope.startsWith('links:create'));
}

/**
 * Who has sent links comes back for them on another day, with nothing to upload. Only once signed in: to a stranger the
 * sentence is noise.
 */
export function linksEntry(view: View): TemplateResult | typeof nothing {
  const { snapshot, ui, acts, words, isInForm } = view;
  const isQuiet = snapshot.phase === 'choosing' && snapshot.items.length === 0 && !snapshot.removed;
  if (!isQuiet || !maySendLinks(view) || isInForm || ui.isListingLinks) return nothing;
  return html`<p class="small">
      <button type="button" class="link" id="list-links" @click=${() => acts.listLinks()}>${words.linksSent}</button>
    </p>
    ${linksLost(view)}`;
}

export function linksLost(view: View): TemplateResult | typeof nothing {
  if (!view.ui.areLinksLost) return nothing;
  return html`<p part="problem" class="problem">${icon('alert', 16)} <span>${linksLostText(view)}</span></p>`;
}

export const linksLostText = (view: View): string =>
  problemText(view, { code: navigator.onLine ? 'broker_down' : 'offline' });

export function linksView(view: View): TemplateResult {
  const { snapshot, app, acts, words, links } = view;
  const back = html`<button type="button" class="button quiet" @click=${() => acts.closeLinks()}>${words.uploadInstead}</button>`;
  if (snapshot.phase === 'signing-in') return signingInNote(view);
  if (snapshot.person) {
    return html`<send-link data-focus .links=${links} .files=${NOTHING_TO_SEND} .app=${app} .signIn=${acts.signInForLink}></send-link>
      <div class="buttons">${back}</div>`;
  }
  return html`<div class="stack">
      <h3 class="sub-heading" id="links-heading" tabindex="-1" data-focus>${words.linksSent}</h3>
      <p class="small">${words.linksSentText}</p>
    </div>
    ${signInNote(view)}
    <div class="buttons">
      ${
        snapshot.signInNote === null || view.ui.isNoteClosed
          ? html`<button type="button" part="primary" class="button primary" @click=${() => view.flow.signIn()}>
              ${words.signInWith(providerName(view))}
            </button>`
          : nothing
      }
      ${back}
    </div>`;
}
