import { type Context, Hono } from 'hono';
import { readText } from '../../base/body.ts';
import { readTypedCode } from '../../base/code-law.ts';
import { readMailAddress } from '../../base/mail-address.ts';
import { languageOf } from '../../base/page-language.ts';
import { Problem } from '../../base/problem.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import { browserCookie } from '../cookies.ts';
import type { Ctx, IdentityEnv } from '../env.ts';
import type { IdentityDeps } from '../ports.ts';
import { type Asking, askedFor, askGuestCode, guestsOf, proveGuest } from './codes.ts';
import { addressPage, codePage, lockedPage } from './pages.ts';

export interface GuestInteraction {
  readonly uid: string;
  readonly app: RegisteredApp;
}

export interface Interactions {
  /** The interaction of this browser. Fails with sign_in_lost. */
  of(c: Ctx): Promise<GuestInteraction>;
  /** Where to go on once it is known who is there. */
  end(c: Ctx, person: string): Promise<string>;
}

/** An address and a code: the longest that anybody types. */
const MAX_FORM = 2048;

/** Signing in without an account. A GET shows; only a press on our own page sends a mail or tries a code. */
export function guestRoutes(deps: IdentityDeps, interactions: Interactions): Hono<IdentityEnv> {
  const routes = new Hono<IdentityEnv>();
  const own = new URL(deps.config.publicUrl).origin;
  const asker = browserCookie(deps, 'su_guest');
  const here = '/sign-in/interaction/:uid/guest';

  const placeOf = async (c: Ctx): Promise<GuestInteraction> => {
    const place = await interactions.of(c);
    if (!guestsOf(place.app)) throw new Problem('not_found');
    if (place.app.record.mode === 'closed') throw new Problem('app_closed');
    return place;
  };
  const askingOf = (c: Ctx, place: GuestInteraction): Asking => ({ ...place, cookie: asker.read(c) ?? '' });

  const showCode = async (c: Ctx, asking: Asking, fault?: Parameters<typeof codePage>[4]) => {
    const asked = await askedFor(deps, asking);
    if (!asked) return c.redirect(`/sign-in/interaction/${asking.uid}/guest`, 303);
    if (asked.lockedUntil) return lockedPage(c, asking, asked.lockedUntil);
    return codePage(c, asking, asked, deps.now(), asked.triesLeft === 0 ? 'used' : fault);
  };

  /** Sends the code to the address and goes to where it is typed. */
  const ask = async (c: Ctx, place: GuestInteraction, address: string) => {
    const asking = { ...place, cookie: asker.keep(c) };
    try {
      await askGuestCode(deps, asking, { address, lang: languageOf(c) });
    } catch (error) {
      const until = untilOf(error);
      if (!until) throw error;
      c.status(429);
      if (error instanceof Problem && error.code === 'code_locked') return lockedPage(c, place, until);
      const isSame = (await askedFor(deps, asking))?.address === address;
      return isSame ? showCode(c, asking, { until }) : addressPage(c, place, { address, hasAgreed: true }, { until });
    }
    return c.redirect(`/sign-in/interaction/${place.uid}/guest/code`, 303);
  };

  routes.get(here, async (c) => addressPage(c, await placeOf(c)));

  routes.post(here, async (c) => {
    const form = await readForm(c, own);
    const place = await placeOf(c);
    const typed = (form.get('address') ?? '').trim();
    const read = readMailAddress(typed);
    const hasAgreed = !guestsOf(place.app)?.notice || form.get('agree') === 'yes';
    if (read && hasAgreed) return ask(c, place, read.address);
    c.status(422);
    return addressPage(c, place, { address: typed.slice(0, 254), hasAgreed }, read ? 'unread' : 'wrong');
  });

  routes.get(`${here}/code`, async (c) => showCode(c, askingOf(c, await placeOf(c))));

  routes.post(`${here}/again`, async (c) => {
    await readForm(c, own);
    const place = await placeOf(c);
    const asked = await askedFor(deps, askingOf(c, place));
    return asked ? ask(c, place, asked.address) : c.redirect(`/sign-in/interaction/${place.uid}/guest`, 303);
  });

  routes.post(`${here}/code`, async (c) => {
    const form = await readForm(c, own);
    const place = await placeOf(c);
    const asking = askingOf(c, place);
    const code = readTypedCode(form.get('code') ?? '');
    if (code === null) {
      c.status(422);
      return showCode(c, asking, 'format');
    }
    try {
      const person = await proveGuest(deps, asking, code);
      return c.redirect(await interactions.end(c, person), 303);
    } catch (error) {
      const until = untilOf(error);
      if (until) {
        c.status(429);
        return lockedPage(c, place, until);
      }
      if (!(error instanceof Problem) || !/^code_(wrong|old)$/.test(error.code)) throw error;
      c.status(403);
      const left = error.figures?.tries_left;
      return showCode(c, asking, left === undefined ? 'old' : { triesLeft: left });
    }
  });

  return routes;
}

function untilOf(error: unknown): Date | null {
  const until = error instanceof Problem ? error.figures?.until : undefined;
  return until === undefined ? null : new Date(until);
}

/** Fails with origin_not_allowed where the form is not one of our own pages: a neighbouring domain has the cookies too. */
async function readForm(c: Context, own: string): Promise<URLSearchParams> {
  if (c.req.header('origin') !== own) throw new Problem('origin_not_allowed');
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) {
    throw new Problem('bad_request');
  }
  return new URLSearchParams(await readText(c.req.raw.body, MAX_FORM));
}
