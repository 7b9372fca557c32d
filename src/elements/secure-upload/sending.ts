import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icons.ts';
import { progressBar } from '../progress-bar.ts';
import { asideNote } from './aside.ts';
import { itemsIn } from './items.ts';
import { question } from './question.ts';
import { WORTH_A_PAUSE } from './row-actions.ts';
import { fileList } from './rows.ts';
import { signInAgain, signInNote } from './sign-in.ts';
import type { View } from './view.ts';

const MINUTE = 60_000;

/** Files are on their way, or stand still with the reason. */
export function sendingView(view: View): TemplateResult {
  const { snapshot, words, acts, ui } = view;
  const isWaitingForPerson = snapshot.phase === 'sign-in-again';
  return html`
    ${isWaitingForPerson ? waitingNote(view) : progress(view)} ${fileList(view)} ${asideNote(view)}
    ${
      ui.asking === 'all'
        ? question(
            words.stopAll,
            { label: words.stop, act: () => view.flow.cancelAll() },
            { label: words.keepGoing, act: () => acts.keepGoing(null) },
          )
        : isWaitingForPerson
          ? nothing
          : foot(view)
    }
  `;
}

function foot({ snapshot, words, acts }: View): TemplateResult {
  const isAnyMoving = itemsIn(snapshot, 'waiting', 'uploading').length > 0;
  const hold = snapshot.isPaused
    ? html`<button type="button" part="primary" class="button primary" id="carry-on" @click=${() => acts.carryOn()}>
        ${words.carryOn}
      </button>`
    : isAnyMoving
      ? html`<button type="button" class="button" id="pause-all" @click=${() => acts.pauseAll()}>${words.pauseAll}</button>`
      : nothing;
  return html`<div part="foot" class="foot end">
    ${hold}
    <button type="button" class="button" id="cancel-all" @click=${() => acts.cancelAll()}>${words.cancelAll}</button>
  </div>`;
}

function waitingNote(view: View): TemplateResult {
  const isNoteOpen = view.snapshot.signInNote !== null && !view.ui.isNoteClosed;
  return isNoteOpen ? html`${signInNote(view)}` : signInAgain(view);
}

function progress(view: View): TemplateResult {
  const { snapshot, words, formats } = view;
  const all = itemsIn(snapshot, 'waiting', 'uploading', 'paused', 'finishing', 'uploaded', 'not-done').length;
  const done = itemsIn(snapshot, 'uploaded').length;
  const sizes = formats.sizeOf(snapshot.sent, snapshot.total);
  const sent = words.sentOf(...sizes);
  const still = snapshot.isPaused ? words.allPausedHeading : snapshot.isOffline ? words.offlineHeading : null;
  return html`<div class="sending">
    <div class="top">
      <h3 class="sub-heading" tabindex="-1" data-focus>${still ?? words.uploading(done, all)}</h3>
      ${still || snapshot.msLeft === null ? nothing : html`<p class="small muted">${timeLeft(view, snapshot.msLeft)}</p>`}
    </div>
    ${progressBar(words.uploading(done, all), snapshot.total ? snapshot.sent / snapshot.total : 0, sent)}
    <p class="small muted">
      ${snapshot.isPaused ? words.allPausedText(...sizes) : `${sent}. ${keepOpen(view)}`}
    </p>
    ${snapshot.isPaused ? nothing : standstill(view)}
  </div>`;
}

/** A large file that is begun is worth a warning where it cannot be taken up again; a small one is quickly sent anew. */
function keepOpen({ snapshot, words, isAwake }: View): string {
  const isLarge = snapshot.items.some(({ size }) => size > WORTH_A_PAUSE);
  if (isLarge && snapshot.unfinished.isKeptNowhere) return words.noStorage;
  return isAwake ? words.keepOpenAwake : words.keepOpen;
}

/** Why nothing seems to happen. */
function standstill({ snapshot, words, flow, now, ui }: View): TemplateResult | typeof nothing {
  if (snapshot.isOffline) {
    return html`<div part="note" class="note warn">
      ${icon('offline')}
      <p>${words.offlineText}</p>
      <div class="buttons">
        <button type="button" class="button" @click=${() => flow.tryNow()}>${words.tryNow}</button>
      </div>
    </div>`;
  }
  if (ui.isBack) return html`<p class="status" id="back">${icon('clock', 16)} <span>${words.back}</span></p>`;
  if (snapshot.busyUntil !== null) {
    const minutes = Math.round((snapshot.busyUntil - now) / MINUTE);
    const wait = minutes < 1 ? words.lessThanAMinute : words.aboutMinutes(minutes);
    return html`<p class="status warn">${icon('clock', 16)} <span>${words.busy(wait)}</span></p>`;
  }
  if (snapshot.isSlow) return html`<p class="status warn">${icon('clock', 16)} <span>${words.slow}</span></p>`;
  return nothing;
}

/** Never seconds: they jump, and nobody plans by them. */
function timeLeft({ words }: View, ms: number): string {
  const minutes = Math.round(ms / MINUTE);
  if (ms < MINUTE) return words.minutesLeft(0);
  return minutes < 90 ? words.minutesLeft(minutes) : words.hoursLeft(Math.round(minutes / 60));
}
