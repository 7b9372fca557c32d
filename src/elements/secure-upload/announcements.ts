import type { ItemPhase, UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { isolate, spellReference } from '../../i18n/names.ts';
import type { Announcement } from '../announcer.ts';
import { notDoneHeading, notOpenText } from './finished.ts';
import { checkedItems, itemsIn, sumOfSizes } from './items.ts';
import { leftText } from './left.ts';
import { problemText } from './problem-text.ts';
import { shortAddress } from './sign-in.ts';
import { stoppedHeading } from './stopped.ts';
import { unfinishedText } from './unfinished.ts';
import type { View } from './view.ts';

const ON_THE_WAY: readonly ItemPhase[] = ['waiting', 'uploading', 'paused', 'finishing', 'uploaded', 'not-done'];

/** What changed from one snapshot to the next, in words. Nothing is announced that cannot be read. */
export class Announcements {
  /** Files whose coming was told already. */
  readonly #heard = new Set<string>();

  of(before: UploadSnapshot, view: View): Announcement[] {
    const { snapshot: now, words } = view;
    const said: Announcement[] = [];
    const say: Say = (text, isUrgent = false, isProgress = false) => said.push({ text, isUrgent, isProgress });
    sayChosen(view, this.#heard, say);
    if (now.removed && now.removed.key !== before.removed?.key) say(words.removedUndo(isolate(now.removed.name)));
    saySignIn(before, view, say);
    if (now.person && !before.person && before.phase !== 'loading') say(words.signedInAs(now.person.name));
    if (now.signInNote && now.signInNote !== before.signInNote) say(noteText(view), true);
    sayUnfinished(before, view, say);
    saySending(before, view, say);
    if (now.phase !== before.phase) sayEnd(view, say);
    return said;
  }
}

type Say = (text: string, isUrgent?: boolean, isProgress?: boolean) => void;

function saySignIn(
  { signIn: before }: UploadSnapshot,
  { snapshot: { signIn: now }, words, isInApp }: View,
  say: Say,
): void {
  if (!now) return;
  if (now.way !== before?.way) {
    if (now.way === 'page') say(words.leavingText);
    else if (now.way === 'back') say(words.comingBackText);
    else if (now.way !== 'code') say(words.signInOpened);
  }
  if (now.isCutOff && !before?.isCutOff) say(isInApp ? words.inAppHeading : words.cutOffHeading, true);
  if (now.code && !before?.code) say(words.codeSpoken(shortAddress(now.code.address), spell(now.code.code)));
}

/** Letter by letter. */
const spell = (code: string): string => code.replace('-', ',').split('').join(' ').replace(' ,', ',');

/** What waits for the person who came back, and the answer to each file they chose for it. */
function sayUnfinished(before: UploadSnapshot, view: View, say: Say): void {
  const { words, snapshot } = view;
  const { items } = snapshot.unfinished;
  if (before.left.length === 0) for (const batch of snapshot.left) say(leftText(view, batch));
  if (items.length > 0 && before.unfinished.items.length === 0) say(words.unfinishedHeading(items.length));
  for (const item of items) {
    const was = before.unfinished.items.find(({ id }) => id === item.id);
    if (!was || (was.phase === item.phase && was.problem === item.problem)) continue;
    if (item.phase === 'checking') say(unfinishedText(view, item));
    else if (item.phase !== 'waiting' || item.problem) say(unfinishedText(view, item), true);
  }
  const renamed = snapshot.items.filter(({ phase, resumes }) => phase === 'waiting' && resumes?.isRenamed);
  const isNew = renamed.some(
    ({ key }) => !before.items.some((item) => item.key === key && ON_THE_WAY.includes(item.phase)),
  );
  if (isNew) say(words.renamed);
}

/** Files came in: those that may go, and those that may not. Told once the first bytes of all were read. */
function sayChosen({ snapshot, words, formats, ...rest }: View, heard: Set<string>, say: Say): void {
  if (snapshot.items.some((item) => item.phase === 'preparing')) return;
  const came = snapshot.items.filter((item) => !heard.has(item.key));
  for (const item of came) heard.add(item.key);
  const fine = came.filter((item) => item.phase !== 'refused');
  const refused = came.filter((item) => item.phase === 'refused');
  if (fine.length > 0) say(words.added(fine.length, formats.size(sumOfSizes(fine))));
  const [first] = refused;
  if (!first) return;
  if (refused.length > 3) {
    say(words.manyRefused(refused.length, came.length), true);
    return;
  }
  const why = problemText({ snapshot, formats, ...rest }, first.problem ?? { code: 'internal' }, first);
  say(words.someRefused(refused.length, came.length, isolate(first.name), why), true);
}

function sayEnd(view: View, say: Say): void {
  const { snapshot, words, isInForm } = view;
  const done = countIn(snapshot, 'uploaded');
  const left = countIn(snapshot, 'not-done');
  if (snapshot.phase === 'sign-in-again') {
    const isStronger = snapshot.problem?.code === 'stronger_sign_in';
    say(isStronger ? problemText(view, { code: 'stronger_sign_in' }) : words.signInAgainHeading, true);
  }
  if (snapshot.phase === 'part-done') say(words.donePartly(done, done + left), true);
  if (snapshot.phase === 'not-done') say(notDoneHeading(view), true);
  if (snapshot.phase === 'unavailable') say(stoppedHeading(view) ?? words.unavailableHeading);
  if (snapshot.phase !== 'done') return;
  if (isInForm) say(words.doneInForm(done));
  else sayDone(view, done, say);
  if (snapshot.aside > 0) say(words.yetOnDevice(snapshot.aside));
}

function sayDone({ snapshot, words }: View, done: number, say: Say): void {
  const { fine, held, stopped } = checkedItems(itemsIn(snapshot, 'uploaded'));
  const good = fine.length || done;
  if (snapshot.reference) say(words.doneReference(good, spellReference(snapshot.reference)));
  else say(`${words.doneHeading(good)}.`);
  if (fine.length < done) say(notOpenText(words, held.length, stopped.length), true);
}

function saySending(before: UploadSnapshot, { snapshot: now, words }: View, say: Say): void {
  if (now.phase !== 'uploading') return;
  if (now.isPaused) {
    // How much is sent is on the screen: what a file in one piece had sent is given up only now.
    if (!before.isPaused) say(`${words.allPausedHeading}.`);
    return;
  }
  if (before.phase !== 'uploading' || before.isPaused) {
    say(words.sending(countIn(now, ...ON_THE_WAY)), false, true);
    return;
  }
  const phases = new Map(before.items.map((item) => [item.key, item.phase]));
  for (const { key, name, phase } of now.items) {
    const was = phases.get(key);
    if (phase === 'paused' && was !== 'paused') say(words.filePaused(isolate(name)));
    if (phase === 'waiting' && was === 'paused') say(words.fileCarriesOn(isolate(name)));
  }
  // A connection that comes and goes is told as it stands in the end.
  if (now.isOffline !== before.isOffline) say(now.isOffline ? words.offlineSafe : words.connectedAgain, false, true);
  const passed = (mark: number) => share(before) < mark && share(now) >= mark;
  if (passed(0.75)) say(words.threeQuartersDone, false, true);
  else if (passed(0.5)) say(words.halfDone, false, true);
  else if (passed(0.25)) say(words.quarterDone, false, true);
}

function noteText(view: View): string {
  const { snapshot, words } = view;
  switch (snapshot.signInNote) {
    case 'popup-blocked':
      return view.isInApp ? words.inAppHeading : words.blockedHeading;
    case 'wrong-account':
      return words.wrongAccountHeading;
    case 'refused':
      return problemText(view, { code: 'sign_in_refused' });
    default:
      return words.signInNotFinished;
  }
}

function countIn(snapshot: UploadSnapshot, ...phases: readonly ItemPhase[]): number {
  return snapshot.items.filter((item) => phases.includes(item.phase)).length;
}

function share({ sent, total }: UploadSnapshot): number {
  return total > 0 ? sent / total : 0;
}
