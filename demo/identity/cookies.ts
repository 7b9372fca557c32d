import { getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import type { Ctx } from './env.ts';
import type { IdentityDeps } from './ports.ts';

/** A cookie that binds one step to this browser; taken once. `__Host-` wherever there is TLS. */
export function browserCookie({ config }: IdentityDeps, plain: string) {
  const secure = config.publicUrl.startsWith('https:');
  const name = secure ? `__Host-${plain}` : plain;
  const options: CookieOptions = { httpOnly: true, sameSite: 'Lax', path: '/', secure, maxAge: config.times.signIn };
  return {
    put: (c: Ctx, value: string) => setCookie(c, name, value, options),
    read: (c: Ctx) => getCookie(c, name),
    take(c: Ctx): string | undefined {
      const value = getCookie(c, name);
      if (value !== undefined) setCookie(c, name, '', { ...options, maxAge: 0 });
      return value;
    },
  };
}
