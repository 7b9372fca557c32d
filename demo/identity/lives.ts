import type { RegisteredApp } from '../registry/registry.ts';
import type { IdentityDeps } from './ports.ts';

/** Seconds. */
export interface Lives {
  /** Of an access token. */
  readonly accessToken: number;
  /** From the sign-in to "Sign in again", however often tokens were renewed. */
  readonly session: number;
}

/** How long what is issued for an app lives: the operator's ceiling, or less where the app's template says so. */
export function livesOf({ config }: IdentityDeps, { template }: RegisteredApp): Lives {
  const session = Math.min(config.times.refreshToken, template.session_s);
  return { session, accessToken: Math.min(config.times.accessToken, session) };
}
