/** The little of Trusted Types (W3C) that is needed; TypeScript's DOM does not know it yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
let policy: ReturnType<TrustedTypes['createPolicy']> | null = null;

/**
 * The address of a worker made in this page, fit for a page under `require-trusted-types-for 'script'`. Nothing but a
 * `blob:` address passes. Throws where the page's policy does not name `secure-upload`.
 */
export function trustedWorkerUrl(url: string): string {
  if (!factory) return refuseForeign(url);
  policy ??= factory.createPolicy('secure-upload', { createScriptURL: refuseForeign });
  return policy.createScriptURL(url);
}

function refuseForeign(url: string): string {
  if (!url.startsWith('blob:')) throw new TypeError('Only a worker made here may run');
  return url;
}
