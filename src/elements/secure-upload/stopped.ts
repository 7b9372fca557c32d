import { html, type TemplateResult } from 'lit';
import type { View } from './view.ts';

/** The owner stopped it; null where the app is open. */
export function stoppedView({ words, formats, snapshot, app }: View): TemplateResult | null {
  const code = snapshot.problem?.code;
  if (app.mode === 'closed' || code === 'app_closed') {
    const text = app.mode_since
      ? words.closedText(formats.date(app.mode_since), app.org.name)
      : words.closedTextUndated(app.org.name);
    return panel(words.closedHeading, text);
  }
  if (app.mode === 'paused' || code === 'app_paused') return panel(words.pausedHeading, words.pausedText(app.org.name));
  return null;
}

function panel(heading: string, text: string): TemplateResult {
  return html`
    <h2 class="heading" id="heading" tabindex="-1" data-focus>${heading}</h2>
    <p>${text}</p>
  `;
}
