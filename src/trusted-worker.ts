import { trusted } from './trusted-url.ts';

/**
 * The address of a worker made in this page, fit for a page under `require-trusted-types-for 'script'`. Nothing but a
 * `blob:` address passes. Throws where the page's policy does not name `secure-upload`.
 */
export function trustedWorkerUrl(url: string): string {
  if (!url.startsWith('blob:')) throw new TypeError('Only a worker made here may run');
  return trusted(url);
}
