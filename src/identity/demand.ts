import type { AuthenticationDemand } from '../contract/sign-in.ts';

const MOST_SECONDS = 86_400;

/** What a refused call wants of the sign-in (RFC 9470 section 3); null where it was refused for another reason. */
export function demandOf(response: Response): AuthenticationDemand | null {
  const said = response.headers.get('WWW-Authenticate') ?? '';
  if (response.status !== 401 || !/error="?insufficient_user_authentication"?/.test(said)) return null;
  const acr = /acr_values="([\x21\x23-\x5b\x5d-\x7e ]{1,200})"/.exec(said)?.[1]?.trim();
  const age = /max_age="?(\d{1,9})"?/.exec(said)?.[1];
  return {
    ...(acr && { acr_values: acr }),
    ...(age !== undefined && { max_age: Math.min(Number(age), MOST_SECONDS) }),
  };
}
