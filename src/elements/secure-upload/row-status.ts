import { html, type TemplateResult } from 'lit';
import type { StoredFile } from '../../contract/uploads.ts';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import { kindOf } from '../../i18n/kinds.ts';
import { type IconName, icon } from '../icons.ts';
import { fittingItems, wasNotAgreed } from './items.ts';
import { problemText } from './problem-text.ts';
import type { View } from './view.ts';

/** Where one file stands: an icon and words, never colour alone. */
export function rowStatus(view: View, item: ItemSnapshot): TemplateResult {
  const { words, snapshot } = view;
  switch (item.phase) {
    case 'preparing':
      return status('', null, words.preparing);
    case 'ready':
      // So it can be seen what to leave out.
      if (snapshot.batchProblem?.code === 'person_full' && !fittingItems(snapshot).includes(item)) {
        return status('warn', 'alert', problemText(view, { code: 'person_full' }, item));
      }
      return status('', null, [sizeAndKind(view, item), ...doneTo(view, item)].join('. '));
    case 'not-done':
      // Its reason holds for those behind it only.
      if (item.problem?.code === 'person_full' && fittingItems(snapshot).includes(item)) {
        return status('', null, sizeAndKind(view, item));
      }
      // Asked below the list, and of no file more than of another.
      if (item.problem?.code === 'consent_needed' && wasNotAgreed(snapshot))
        return status('', null, sizeAndKind(view, item));
      return status('bad', 'alert', problemText(view, item.problem ?? { code: 'internal' }, item));
    case 'refused':
      return status('bad', 'alert', problemText(view, item.problem ?? { code: 'internal' }, item));
    case 'waiting':
      if (snapshot.phase === 'sign-in-again') return status('warn', 'lock', words.waitingForSignIn);
      return snapshot.isOffline
        ? status('warn', 'offline', words.waitingForConnection)
        : status('', null, item.resumes?.isRenamed ? words.renamed : words.waiting);
    case 'uploading':
      return snapshot.isOffline
        ? status('warn', 'offline', words.waitingForConnection)
        : status('', null, item.resumes?.isRenamed ? `${words.renamed} ${sentText(view, item)}` : sentText(view, item));
    case 'paused':
      return status('', 'pause', words.pausedAt(...view.formats.sizeOf(item.sent, item.size)));
    case 'finishing':
      return status('', null, words.finishing);
    case 'uploaded':
      if (item.stored?.check) return checkStatus(view, item.stored.check);
      return status(
        'ok',
        'check',
        snapshot.phase === 'uploading' ? words.uploaded : words.uploadedSize(view.formats.size(item.size)),
      );
  }
}

/** It is in, and not yet anybody's to open. */
function checkStatus({ words, app }: View, check: NonNullable<StoredFile['check']>): TemplateResult {
  if (check === 'open') return status('', 'clock', words.virusCheckOpen);
  const isHeld = check === 'held';
  const why = isHeld ? words.virusHeldWhy(app.org.name) : words.virusStoppedWhy;
  return status(
    isHeld ? 'warn' : 'bad',
    'stop',
    html`${isHeld ? words.virusHeld : words.virusStopped} <span class="muted">${why}</span>`,
  );
}

/** What was done to it already, and that an earlier visit has begun with it. */
function doneTo({ words, formats }: View, { made, resumes }: ItemSnapshot): readonly string[] {
  return [
    ...(made?.locationRemoved ? [words.locationRemoved] : []),
    ...(made?.isSmaller ? [words.madeSmaller(formats.size(made.fromSize))] : []),
    ...(resumes ? [words.onlyMissing] : []),
  ];
}

/** `6.2 of 18 MB` */
export function sentText({ words, formats }: View, item: ItemSnapshot): string {
  return words.sentOf(...formats.sizeOf(item.sent, item.size));
}

/** `4.1 MB, photo` */
export function sizeAndKind({ words, formats, catalogue }: View, item: ItemSnapshot): string {
  return words.sizeAndKind(formats.size(item.size), catalogue.kinds[kindOf(item.type, item.name)].one);
}

export function status(
  tone: '' | 'ok' | 'warn' | 'bad',
  sign: IconName | null,
  text: string | TemplateResult,
): TemplateResult {
  return html`<p part="status" class="status ${tone}">${sign ? icon(sign, 16) : ''}<span>${text}</span></p>`;
}
