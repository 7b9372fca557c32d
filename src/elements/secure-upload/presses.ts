import type { UnfinishedItem } from '../../flow/unfinished-snapshot.ts';
import type { ItemSnapshot } from '../../flow/upload-snapshot.ts';
import type { Draft } from '../send-link/draft.ts';
import type { Ui } from './ui.ts';

/** The file inputs of the box. */
export type Input = 'files' | 'photo' | 'folder';

/** What a press may do while nothing is chosen. */
export interface FirstActs {
  pick(input: Input): void;
  chooseFirst(): void;
  signIn(): void;
  patch(ui: Partial<Ui>): void;
}

/** What a press at an upload of an earlier visit may do. */
export interface UnfinishedActs {
  choose(id: string): void;
  /** For `change` of the row's own file input. */
  picked(id: string, event: Event): void;
  carryOn(id: string): void;
  moveHere(id: string): void;
  uploadAsNew(id: string): void;
  cancel(id: string): void;
  delete(item: UnfinishedItem): void;
  deleteNow(id: string): void;
  keep(id: string): void;
}

/** What a press in the box may do beyond the verbs of the flow. */
export interface Acts extends FirstActs {
  signOut(): void;
  closeAbout(): void;
  readonly unfinished: UnfinishedActs;
  /** What was said of a batch whose page had gone has been read. */
  hideLeft(): void;
  chooseOther(): void;
  remove(item: ItemSnapshot): void;
  pauseOrCarryOn(item: ItemSnapshot): void;
  pauseAll(): void;
  carryOn(): void;
  undoRemove(): void;
  cancel(item: ItemSnapshot): void;
  cancelAll(): void;
  /** Cancels without asking. */
  stop(key: string): void;
  /** "Keep going" at the question of this row, or of all. */
  keepGoing(key: string | null): void;
  /** "Not now" at a note about the sign-in. */
  closeNote(): void;
  removeRefused(): void;
  uploadFirst(count: number): void;
  /** Of the files that were set aside, those that may go at once. */
  uploadNext(): void;
  uploadFitting(count: number): void;
  /** Whether the owner has opened the app again. */
  checkAgain(): void;
  upload(): void;
  useAnotherAccount(): void;
  uploadMore(): void;
  sendToSomeone(): void;
  closeLinkSender(): void;
  /** The links that were sent, also those of another day. */
  listLinks(): void;
  closeLinks(): void;
  /** The link waits for another sign-in; what was written in its form stays. */
  signInForLink(draft: Draft): void;
  /** Of the page where null. */
  copyAddress(address: string | null): void;
  copyReference(): void;
  copyDetails(): void;
  saveReceipt(): void;
  saveTechnicalCopy(): void;
}
