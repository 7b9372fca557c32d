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
  if (!url.startsWith('blob:')) throw new TypeError('Only a worker made here may run');
  return trusted(url);
}

/** The same for a script that stands beside this one, and whose content is checked by its hash. */
export function trustedScriptUrl(url: URL, beside: string): string {
  if (new URL('.', url).href !== new URL('.', beside).href) throw new TypeError('Only a script of ours may run');
  return trusted(url.href);
}

/** Both ways share one policy: a page that names it once allows it to be made once. */
function trusted(url: string): string {
  if (!factory) return url;
  policy ??= factory.createPolicy('secure-upload', { createScriptURL: (checked) => checked });
  return policy.createScriptURL(url);
}
