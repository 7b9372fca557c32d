import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import * as v from 'valibot';
import { Token256 } from '../../src/contract/index.ts';
import { newSecret } from '../base/ids.ts';
import type { Ctx } from './env.ts';
import type { IdentityDeps } from './ports.ts';

/**
 * A cookie that binds steps to this browser. `__Host-` wherever there is TLS, so that no neighbouring domain can set it.
 * `keep` leaves what is there, which ends by itself: several sign-ins may be under way in several windows, and an address
 * that somebody is made to open must not take the cookie of the one they are in the middle of.
 */
export function browserCookie({ config }: IdentityDeps, plain: string) {
  const secure = config.publicUrl.startsWith('https:');
  const name = secure ? `__Host-${plain}` : plain;
  const options: CookieOptions = { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge: config.times.signIn };
  return {
    put: (c: Ctx, value: string) => setCookie(c, name, value, options),
    read: (c: Ctx) => getCookie(c, name),
    keep(c: Ctx): string {
      const there = getCookie(c, name);
      const value = v.is(Token256, there) ? there : newSecret();
      setCookie(c, name, value, options);
      return value;
    },
    take(c: Ctx): string | undefined {
      const value = getCookie(c, name);
      if (value !== undefined) setCookie(c, name, '', { ...options, maxAge: 0 });
      return value;
    },
  };
}
