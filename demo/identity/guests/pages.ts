import { html, raw } from 'hono/html';
import { card } from '../../base/card.ts';
import { inLanguage, languageOf } from '../../base/page-language.ts';
import type { RegisteredApp } from '../../registry/registry.ts';
import type { Ctx } from '../env.ts';
import { moment, wordsFor } from '../sign-in-page.ts';
import { type askedFor, guestsOf } from './codes.ts';

interface Place {
  readonly uid: string;
  readonly app: RegisteredApp;
}

const addressOfPage = ({ uid }: Place) => `/sign-in/interaction/${uid}`;

export type AddressFault = 'wrong' | 'unread' | { readonly until: Date };

/** Where somebody without an account says where to send the code. */
export function addressPage(
  c: Ctx,
  place: Place,
  typed: { readonly address: string; readonly hasAgreed: boolean } = { address: '', hasAgreed: false },
  fault?: AddressFault,
) {
  const words = wordsFor(c).address;
  const notice = guestsOf(place.app)?.notice;
  const said = fault && (typeof fault === 'string' ? words[fault] : html`${words.limit}${moment(fault.until)}.`);
  return card(c, {
    title: words.title,
    hasForms: true,
    script: 'guest-code.js',
    body: html`<p class="muted">${words.why(place.app.record.org.name)}</p>
      <form method="post" action="${addressOfPage(place)}/guest">
        ${notice ? html`<p>${inLanguage(notice, languageOf(c))}</p>` : ''}
        <label>
          ${words.label}
          <input name="address" type="email" value="${typed.address}" autocomplete="email" autocapitalize="none" dir="ltr"
            maxlength="254" required autofocus ${said ? html`aria-invalid="true" aria-describedby="fault"` : ''}>
        </label>
        ${
          notice
            ? html`<label class="tick"><input name="agree" type="checkbox" value="yes" required${typed.hasAgreed ? raw(' checked') : ''}> ${words.agree}</label>`
            : ''
        }
        ${said ? html`<p class="error" id="fault" role="alert">${said}</p>` : ''}
        <button class="button primary">${words.send}</button>
      </form>
      <a class="quiet" href="${addressOfPage(place)}">${words.back}</a>`,
  });
}

export type CodeFault = 'format' | 'old' | 'used' | { readonly triesLeft: number } | { readonly until: Date };

/** Where the code goes. One field: several would break what phones fill in. */
export function codePage(
  c: Ctx,
  place: Place,
  asked: NonNullable<Awaited<ReturnType<typeof askedFor>>>,
  now: number,
  fault?: CodeFault,
) {
  const words = wordsFor(c).code;
  const [to, until, end] = words.sent;
  const isEarly = asked.next.getTime() > now;
  const mayTry = asked.triesLeft > 0 && asked.code.expiresAt.getTime() > now && fault !== 'old';
  return card(c, {
    title: words.title,
    hasForms: true,
    leadsTo: place.app.record.origins,
    script: 'guest-code.js',
    body: html`<p class="muted">
        ${to}<bdi>${asked.address}</bdi>${until}${moment(asked.code.expiresAt)}${end}
      </p>
      ${
        mayTry
          ? html`<form method="post" action="${addressOfPage(place)}/guest/code">
              <label>
                ${words.label}
                <input class="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="32" required
                  autofocus ${fault ? html`aria-invalid="true" aria-describedby="fault"` : ''}>
              </label>
              ${faultText(c, fault)}
              <button class="button primary">${words.go}</button>
            </form>`
          : html`<div>${faultText(c, fault ?? 'old')}</div>`
      }
      <p class="muted">${isEarly ? html`${words.next}${moment(asked.next)}.` : words.none}</p>
      <form method="post" action="${addressOfPage(place)}/guest/again">
        <button class="${mayTry ? 'quiet' : 'button primary'}">${words.again}</button>
      </form>
      <a class="quiet" href="${addressOfPage(place)}/guest">${words.other}</a>`,
  });
}

function faultText(c: Ctx, fault: CodeFault | undefined) {
  if (!fault) return '';
  const words = wordsFor(c).code;
  const said =
    typeof fault === 'string'
      ? words[fault]
      : 'until' in fault
        ? html`${words.next}${moment(fault.until)}.`
        : words.miss(fault.triesLeft);
  return html`<p class="error" id="fault" role="alert">${said}</p>`;
}

/** Fifteen wrong codes: another address, or another way in, is the next step. */
export function lockedPage(c: Ctx, place: Place, until: Date) {
  const words = wordsFor(c);
  return card(c, {
    title: words.locked.title,
    script: 'guest-code.js',
    body: html`<p>${words.locked.text}${moment(until)}.</p>
      <a class="button primary" href="${addressOfPage(place)}">${words.address.back}</a>`,
  });
}
