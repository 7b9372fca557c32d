import { html } from 'hono/html';
import { card } from '../base/card.ts';
import type { RegisteredApp } from '../registry/registry.ts';
import type { Ctx } from './env.ts';
import type { ProviderClient } from './providers/client.ts';
import { wordsFor } from './sign-in-page.ts';

/** The ways in that an app has. Links, not forms: where they lead is another origin, which `form-action` would stop. */
export function choosePage(
  c: Ctx,
  ways: {
    readonly uid: string;
    readonly app: RegisteredApp;
    readonly providers: readonly ProviderClient[];
    readonly hasGuests: boolean;
    /** A provider that did not answer. */
    readonly silent?: ProviderClient;
  },
) {
  const words = wordsFor(c).choose;
  const here = `/sign-in/interaction/${ways.uid}`;
  const isOnly = ways.providers.length === 1;
  return card(c, {
    title: words.title,
    body: html`<p class="muted">${words.why(ways.app.record.org.name)}</p>
      ${ways.silent ? html`<p class="note" role="alert">${words.silent(ways.silent.record.name)}</p>` : ''}
      ${ways.providers.map(
        ({ record }) =>
          html`<a class="button${isOnly ? ' primary' : ''}" href="${here}/with/${record.id}">${words.with(record.name)}</a>`,
      )}
      ${
        ways.hasGuests
          ? html`<a class="button" href="${here}/guest"><span>${words.guest}</span><small>${words.guestHow}</small></a>`
          : ''
      }`,
  });
}
