import { html, type TemplateResult } from 'lit';
import { contactLink } from './sign-in.ts';
import type { View } from './view.ts';

/** The owner stopped it; null where the app is open. */
export function stoppedView(view: View): TemplateResult | null {
  const heading = stoppedHeading(view);
  if (heading === null) return null;
  const { words, acts } = view;
  return html`
    <h2 class="heading" id="heading" tabindex="-1" data-focus>${heading}</h2>
    <p>${isClosed(view) ? closedText(view) : words.pausedText(view.app.org.name)}</p>
    <div class="buttons">
      <button type="button" class="button" id="check-again" @click=${acts.checkAgain}>${words.checkAgain}</button>
      ${contactLink(view, words.ask(view.app.org.name))}
    </div>
  `;
}

/** Null where the app is open. */
export function stoppedHeading(view: View): string | null {
  if (isClosed(view)) return view.words.closedHeading;
  return isStopped(view, 'paused') ? view.words.pausedHeading : null;
}

const isClosed = (view: View): boolean => isStopped(view, 'closed');

/** By its document, or by what the broker answered since. */
function isStopped({ snapshot, app }: View, mode: 'paused' | 'closed'): boolean {
  return app.mode === mode || snapshot.problem?.code === `app_${mode}`;
}

function closedText({ words, formats, app }: View): string {
  return app.mode_since
    ? words.closedText(formats.date(app.mode_since), app.org.name)
    : words.closedTextUndated(app.org.name);
}
