import type { Grant, PutGrant } from '../../src/contract/uploads.ts';

/** Where a test knows that nobody asked for a form. */
export function asPut(grant: Grant | undefined): PutGrant {
  if (grant?.method !== 'PUT') throw new TypeError(`A PUT was wanted, not ${grant?.method ?? 'nothing'}`);
  return grant;
}
