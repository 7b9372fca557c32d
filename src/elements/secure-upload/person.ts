import { html, nothing, type TemplateResult } from 'lit';
import type { View } from './view.ts';

/** `Signed in as Jo Meyer`, with the way out while nothing is chosen. */
export function personView({ snapshot, words, acts }: View): TemplateResult | typeof nothing {
  if (!snapshot.person) return nothing;
  const maySignOut = snapshot.phase === 'choosing' && snapshot.items.length === 0;
  return html`<p part="person" class="small muted person">
    ${words.signedInAs(snapshot.person.name)}
    ${maySignOut ? html`<button type="button" class="link" @click=${() => acts.signOut()}>${words.signOut}</button>` : nothing}
  </p>`;
}
