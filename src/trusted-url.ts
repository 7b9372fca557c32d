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
 * The address of a script that stands beside this one, and whose content is checked by its hash, fit for a page under
 * `require-trusted-types-for 'script'`. Throws where the page's policy does not name `secure-upload`.
 */
export function trustedScriptUrl(url: URL, beside: string): string {
  if (new URL('.', url).href !== new URL('.', beside).href) throw new TypeError('Only a script of ours may run');
  return trusted(url.href);
}

/** For scripts and workers alike: a page that names the policy once allows it to be made once. Whoever calls has checked the address. */
export function trusted(url: string): string {
  if (!factory) return url;
  policy ??= factory.createPolicy('secure-upload', { createScriptURL: (checked) => checked });
  return policy.createScriptURL(url);
}
