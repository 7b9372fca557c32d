import { RETURN_MARK } from '../contract/sign-in-return.ts';

let answer: URLSearchParams | null = null;

/** Takes what the sign-in came back with out of the address, before anything else reads it there. */
export function catchReturned(): void {
  const { hash, pathname, search } = location;
  if (!hash.startsWith(RETURN_MARK)) return;
  answer = new URLSearchParams(hash.slice(RETURN_MARK.length));
  history.replaceState(history.state, '', pathname + search);
}

/** For this app, once; null for any other. */
export function takeReturned(app: string): URLSearchParams | null {
  const mine = answer?.get('app') === app ? answer : null;
  if (mine) answer = null;
  return mine;
}
