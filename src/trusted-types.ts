/** The little of Trusted Types (W3C) that is needed; TypeScript's DOM does not know it yet. */
interface Policy {
  createHTML(text: string): string;
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: Policy): Policy;
}

/** Written by the script build (build/own-lit.ts): the name of the script, which is that of its element. */
declare const SCRIPT_NAME: string;

const factory = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
let policy: Policy | undefined;
const same = (checked: string): string => checked;

/**
 * The one policy of this script, under a name of its own (decision 039): a page that names it once allows it to be made
 * once. It lets everything through, so it is never handed to the page: Lit takes the text of our templates through it, and
 * the two below take addresses that they have checked. Undefined where browsers know no Trusted Types. Throws where the
 * page's policy does not name it.
 */
export function ownPolicy(): Policy | undefined {
  policy ??= factory?.createPolicy(typeof SCRIPT_NAME === 'undefined' ? 'secure-upload' : SCRIPT_NAME, {
    createHTML: same,
    createScriptURL: same,
  });
  return policy;
}

/** The address of a script that stands beside this one, and whose content is checked by its hash. Throws as the policy does. */
export const trustedScriptUrl = (url: URL, beside: string): string =>
  trusted(url.href, new URL('.', url).href === new URL('.', beside).href);

/** The address of a worker made in this page. Throws as the policy does. */
export const trustedWorkerUrl = (url: string): string => trusted(url, url.startsWith('blob:'));

function trusted(url: string, isOurs: boolean): string {
  if (!isOurs) throw new TypeError('Not ours');
  return ownPolicy()?.createScriptURL(url) ?? url;
}
