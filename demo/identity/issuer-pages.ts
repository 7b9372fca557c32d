import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { LANGS } from '../base/page-language.ts';
import { SIGN_IN_WORDS, type SignInWords } from './words.ts';

/** What the issuer itself shows: plain pages without a script of ours, that nobody may frame. */

/** On every answer of the issuer. Its own form that sends itself needs its script, so none is forbidden here. */
export function protectPages(provider: Provider): void {
  provider.use(async (ctx, next) => {
    ctx.set({
      'Content-Security-Policy': "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    await next();
  });
}

/** Asks before it signs out (OpenID Connect RP-Initiated Logout section 2): any page may have sent the person here. */
export async function logoutPage(ctx: KoaContextWithOIDC, form: string): Promise<void> {
  show(ctx, ({ leave }) => ({
    title: leave.title,
    body: `<p>${leave.text}</p>${form}<button class="button primary" type="submit" form="op.logoutForm" name="logout" value="yes">${leave.yes}</button>`,
  }));
}

export async function loggedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  show(ctx, ({ left }) => ({ title: left.title, body: `<p role="status">${left.text}</p>` }));
}

/**
 * The tokens of a page have a life of their own, so oidc-provider would let them outlive the session. Who signs out means
 * all of it: the sign-ins that this browser's session began end with it.
 */
export function endWithSession(provider: Provider): void {
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    await next();
    if (ctx.oidc?.route !== 'end_session_confirm' || ctx.status !== 303) return;
    const begun = Object.values(ctx.oidc.session?.authorizations ?? {});
    for (const { grantId } of begun) await (grantId && provider.Grant.adapter.destroy(grantId));
  });
}

/** Beside the pages of signing in it looks like one of them. */
function show(ctx: KoaContextWithOIDC, say: (words: SignInWords) => { title: string; body: string }): void {
  const lang = LANGS.find((one) => one === ctx.acceptsLanguages(...LANGS)) ?? 'en';
  const { title, body } = say(SIGN_IN_WORDS[lang]);
  ctx.type = 'html';
  ctx.body = `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
    <title>${title}</title><link rel="stylesheet" href="/pages/page.css"><link rel="stylesheet" href="/pages/card.css">
    <main class="card"><h1>${title}</h1>${body}</main></html>`;
}
