import type { AuthenticationDemand } from '../contract/sign-in.ts';

const MOST_SECONDS = 86_400;

/** What a refused call wants of the sign-in (RFC 9470 section 3); null where it was refused for another reason. */
export function demandOf(response: Response): AuthenticationDemand | null {
  const said = response.headers.get('WWW-Authenticate') ?? '';
  if (response.status !== 401 || !/error="?insufficient_user_authentication"?/.test(said)) return null;
  const acr = /acr_values="([A-Za-z0-9:._/-]{1,100})"/.exec(said)?.[1];
  const age = /max_age="?(\d{1,9})"?/.exec(said)?.[1];
  return {
    ...(acr !== undefined && { acr_values: acr }),
    ...(age !== undefined && { max_age: Math.min(Number(age), MOST_SECONDS) }),
  };
}
