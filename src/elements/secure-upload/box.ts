import { html, nothing, type TemplateResult } from 'lit';
import type { FirstSnapshot } from '../../flow/first-snapshot.ts';
import { directionOf } from '../../i18n/messages.ts';
import type { FirstUploadWords } from '../../i18n/upload-first-en.ts';
import { liveRegions } from '../live-regions.ts';
import { cardView } from './card.ts';
import { acceptList, photoTypes } from './choose.ts';
import { loadingView, notSecureView, unavailableView } from './closed.ts';
import type { FirstView } from './view.ts';

export interface BoxView {
  readonly snapshot: FirstSnapshot;
  /** Null before the app document is there. */
  readonly view: FirstView | null;
  readonly words: FirstUploadWords;
  /** Of the words. */
  readonly lang: string;
  readonly isTouch: boolean;
  /** Switched off by the page. */
  readonly isOff: boolean;
  /** Loading takes long enough to say so. */
  readonly isLate: boolean;
  /** The hosted page of the app; null where the attributes lead nowhere. */
  readonly uploadPage: string | null;
  readonly picked: (event: Event) => void;
}

/** The whole box: one card, and beside it what is heard but not seen. */
export function boxView(box: BoxView): TemplateResult {
  const { words, view, lang, isOff, uploadPage } = box;
  const isLoading = view === null && box.snapshot.phase === 'loading';
  return html`
    ${isOff ? html`<p class="hidden-text">${words.switchedOff}</p>` : nothing}
    <div class="frame"><section
      part="card" class="card ${isLoading ? 'loading' : ''} ${isOff ? 'off' : ''} ${box.isTouch ? 'touch' : ''}"
      lang=${lang}
      dir=${directionOf(lang)}
      aria-labelledby=${isLoading ? nothing : 'heading'}
      aria-busy=${isLoading}
      ?inert=${isOff}
    >
      ${content(box)}
      ${uploadPage ? html`<a part="primary" class="button primary narrow" href=${uploadPage}>${words.openPage}</a>` : nothing}
    </section></div>
    ${view ? inputs(view, box.picked) : nothing}
    ${liveRegions(lang)}
  `;
}

function content(box: BoxView): TemplateResult {
  const { view, snapshot } = box;
  if (!isSecureContext) return notSecureView(box);
  const isWithout = snapshot.phase === 'unavailable';
  if (view && !isWithout) return view.late?.stopped() ?? cardView(view);
  // Why the owner stopped it is told by what is still on its way.
  if (view && !view.late) return loadingView(box, box.isLate);
  return isWithout ? (view?.late?.stopped() ?? unavailableView(box)) : loadingView(box, box.isLate);
}

/** One for each way: Chrome on Android hides the camera where one input accepts pictures only. */
function inputs(view: FirstView, picked: (event: Event) => void): TemplateResult {
  return html`
    <input
      type="file"
      id="files"
      hidden
      accept=${acceptList(view)}
      ?multiple=${view.app.limits.max_files > 1}
      @change=${picked}
    />
    ${
      view.app.folders && !view.isTouch
        ? html`<input type="file" id="folder" hidden webkitdirectory @change=${picked} />`
        : nothing
    }
    ${
      view.isTouch && photoTypes(view).length > 0
        ? html`<input type="file" id="photo" hidden capture="environment" accept=${photoTypes(view).join(',')} @change=${picked} />`
        : nothing
    }
  `;
}
