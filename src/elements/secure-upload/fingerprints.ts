import { html, nothing, type TemplateResult } from 'lit';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { listFor } from '../late-list.ts';
import { agreedNotices } from './agreed.ts';
import { keyOfReceipt } from './receipt-key.ts';
import type { View } from './view.ts';

/** Of each stored file, and of each notice that was agreed to. */
export function fingerprints(view: View, done: readonly ItemSnapshot[]): TemplateResult {
  const notices = agreedNotices(view);
  const very = listFor(done.length);
  return html`
    ${
      very
        ? html`<div class="scroller" tabindex="0" ${very.longList<ItemSnapshot>({
            rows: done,
            currentKey: null,
            draw: (item) => fingerprint(view, item),
          })}><dl class="prints"></dl></div>`
        : html`<dl class="prints">${done.map((item) => fingerprint(view, item))}</dl>`
    }
    ${
      notices.length === 0
        ? nothing
        : html`<dl class="prints">
            ${notices.map(
              (sha256) => html`<div>
                <dt>${view.words.agreedNotice}</dt>
                <dd><bdi class="print" dir="ltr">${sha256}</bdi></dd>
              </div>`,
            )}
          </dl>`
    }
  `;
}

/** Of the whole file as any tool computes it, or of its parts; and of the key that signed its receipt. */
function fingerprint({ words, formats }: View, { key, name, stored }: ItemSnapshot): TemplateResult {
  const label = stored?.part_bytes ? words.fingerprintOfParts(formats.size(stored.part_bytes)) : words.fingerprint;
  const signer = stored && keyOfReceipt(stored.receipt);
  return html`<div data-key=${key}>
    <dt><bdi dir="auto">${name}</bdi></dt>
    <dd>
      <span class="muted">${label}</span> <bdi class="print" dir="ltr">${stored?.sha256}</bdi>
      ${
        signer
          ? html`<br /><span class="muted">${words.receiptKey}</span> <bdi class="print" dir="ltr">${signer}</bdi>`
          : nothing
      }
    </dd>
  </div>`;
}
