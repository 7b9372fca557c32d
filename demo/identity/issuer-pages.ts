import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';

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
  show(
    ctx,
    'Sign out',
    `<h1>Sign out of uploading?</h1>${form}
    <button type="submit" class="button primary" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}

export async function loggedOutPage(ctx: KoaContextWithOIDC): Promise<void> {
  show(ctx, 'Signed out', '<p role="status">You are signed out. You can close this window.</p>');
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

function show(ctx: KoaContextWithOIDC, title: string, body: string): void {
  ctx.type = 'html';
  ctx.body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <title>${title}</title><link rel="stylesheet" href="/pages/page.css"><link rel="stylesheet" href="/pages/card.css">
    <main class="card">${body}</main></html>`;
}
