import { html, nothing, type TemplateResult } from 'lit';
import type { FirstSnapshot } from '../../flow/first-snapshot.ts';
import type { FirstUploadWords } from '../../i18n/upload-first-en.ts';

interface Closed {
  readonly snapshot: FirstSnapshot;
  readonly words: FirstUploadWords;
}

export function loadingView({ words }: Pick<Closed, 'words'>, isLate: boolean): TemplateResult {
  return html`<p class="hidden-text">${isLate ? words.loading : nothing}</p>`;
}

/** No app document: nothing about the setup is told to a visitor. The link inside the tag is the way on. */
export function unavailableView({ words, snapshot }: Closed): TemplateResult {
  const code = snapshot.problem?.code;
  const isOld = code === 'old_version';
  // `internal`: the rest of the box did not come.
  const mendsByReload = isOld || code === 'internal';
  return html`
    <h2 class="heading" id="heading" tabindex="-1" data-focus>${words.unavailableHeading}</h2>
    <p>${isOld ? words.oldVersion : words.unavailableText}</p>
    ${
      mendsByReload
        ? html`<div class="buttons">
            <button type="button" class="button" @click=${() => location.reload()}>${words.reload}</button>
          </div>`
        : nothing
    }
    <p class="fallback"><slot></slot></p>
  `;
}

/** Neither sign-in nor fingerprints work without https. */
export function notSecureView({ words }: Pick<Closed, 'words'>): TemplateResult {
  const secure = new URL(location.href);
  secure.protocol = 'https:';
  secure.hash = '';
  return html`
    <h2 class="heading" id="heading">${words.notSecureHeading}</h2>
    <div class="buttons"><a part="primary" class="button primary" href=${secure.href} target="_top">${words.openSecurePage}</a></div>
  `;
}
