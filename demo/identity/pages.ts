import { html } from 'hono/html';
import { page } from '../base/page.ts';
import type { AppRecord } from '../registry/app-record.ts';
import type { Ctx } from './env.ts';

/** The window that the tag opens. Its script learns from its opener what to sign in for, and goes on to the issuer. */
export function startPage(c: Ctx, app: AppRecord) {
  return page(c, {
    title: 'Sign in',
    policy: "script-src 'self'; connect-src 'self'",
    head: html`<meta name="app" content="${app.id}">
    <meta name="app-origins" content="${JSON.stringify(app.origins)}">
    <script type="module" src="/pages/sign-in-start.js"></script>`,
    body: html`<main>
      <p role="status">One moment.</p>
      <p id="lost" hidden>This window belongs to an upload box. Close it and press <b>Sign in</b> there.</p>
    </main>`,
  });
}

/** The end of the round trip. Nothing of the answer stands in the page; its script closes the window. */
export function endPage(c: Ctx, isParked: boolean) {
  return page(c, {
    title: isParked ? 'Signed in' : 'Sign-in not finished',
    policy: "script-src 'self'",
    head: html`<script type="module" src="/pages/sign-in-end.js"></script>`,
    body: isParked
      ? html`<main><p role="status">You can close this window and go back to your upload.</p></main>`
      : html`<main>
          <h1>The sign-in took too long or was opened twice</h1>
          <p role="status">Close this window and try again from the upload box.</p>
        </main>`,
  });
}
