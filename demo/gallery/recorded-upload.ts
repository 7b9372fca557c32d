import type { ChosenFile } from '../../src/flow/item-list.ts';
import type { BatchRecords, LinkMaker, Unfinished } from '../../src/flow/ports.ts';
import { UploadFlow } from '../../src/flow/upload-flow.ts';
import type { UploadSnapshot } from '../../src/flow/upload-snapshot.ts';

const noLink = () => Promise.reject(new Error('no link in this test'));

export const NO_LINKS: LinkMaker = {
  makeLink: noLink,
  checkRecipient: noLink,
  previewLink: noLink,
  listLinks: noLink,
  renewLink: noLink,
  keepLink: noLink,
  takeBackLink: noLink,
};

const NOTHING_UNFINISHED: Unfinished = {
  isAvailable: async () => true,
  count: async () => 0,
  list: async () => [],
  check: () => Promise.reject(new Error('Nothing was begun')),
  reopen: async () => null,
  moveHere: async () => {},
  forget: async () => {},
  forgetAll: async () => {},
};

const NO_BATCHES: BatchRecords = {
  keep: () => {},
  end: () => {},
  find: async () => [],
  forget: () => {},
  close: () => {},
};

/** Plays snapshots and writes down what it was asked to do. */
export class RecordedFlow extends UploadFlow {
  readonly calls: string[] = [];
  readonly chosen: ChosenFile[] = [];
  #shown: UploadSnapshot;

  constructor(shown: UploadSnapshot) {
    super({
      apps: { readApp: () => new Promise(() => {}) },
      identity: {
        signIn: () => new Promise(() => {}),
        comeBack: () => null,
        link: () => '',
        showWindow: () => {},
        signOut: () => Promise.resolve(),
      },
      readRoom: () => new Promise(() => {}),
      unfinished: NOTHING_UNFINISHED,
      batches: NO_BATCHES,
      transfer: {
        send: () => Promise.resolve(),
        cancel: () => {},
        cancelAll: () => {},
        leaveAll: () => {},
        pause: () => {},
        resume: () => {},
        tryNow: () => {},
        signedIn: () => {},
        close: () => {},
      },
      agreements: { read: () => new Promise(() => {}), give: () => new Promise(() => {}) },
      transform: async (file) => ({ file, locationRemoved: false, before: {}, after: {} }),
      guess: () => '',
      clock: { now: () => 0, after: () => () => {} },
    });
    this.#shown = shown;
  }

  override get snapshot(): UploadSnapshot {
    return this.#shown;
  }

  show(snapshot: UploadSnapshot): void {
    this.#shown = snapshot;
    this.dispatchEvent(new Event('change'));
  }

  /** The flow's own events, for the element to pass on. */
  tell(name: string, detail: unknown): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  }

  override configure(settings: object): void {
    this.calls.push(`configure ${JSON.stringify(settings)}`);
  }
  override async load(): Promise<void> {
    this.calls.push('load');
  }
  override async accept(files: readonly (File | ChosenFile)[]): Promise<void> {
    this.chosen.push(...files.map((one) => (one instanceof File ? { file: one } : one)));
    const names = files.map((one) =>
      one instanceof File ? one.name : [...(one.path ? [one.path] : []), one.file.name].join('/'),
    );
    this.calls.push(`accept ${names.join(' ')}`);
  }
  override remove(key: string): void {
    this.calls.push(`remove ${key}`);
  }
  override undoRemove(): void {
    this.calls.push('undoRemove');
  }
  override removeRefused(): void {
    this.calls.push('removeRefused');
  }
  override keepFirst(count: number): void {
    this.calls.push(`keepFirst ${count}`);
  }
  override upload(): void {
    this.calls.push('upload');
  }
  override uploadNext(isBeside: boolean): void {
    this.calls.push(isBeside ? 'uploadNext beside' : 'uploadNext');
  }
  override tick(id: string, isTicked: boolean): void {
    this.calls.push(`tick ${id} ${isTicked}`);
  }
  override signIn(way?: string): void {
    this.calls.push(way === undefined ? 'signIn' : `signIn ${way}`);
  }
  override cancelSignIn(): void {
    this.calls.push('cancelSignIn');
  }
  override showSignInWindow(): void {
    this.calls.push('showSignInWindow');
  }
  override async signOut(): Promise<void> {
    this.calls.push('signOut');
  }
  override pause(key: string): void {
    this.calls.push(`pause ${key}`);
  }
  override resume(key: string): void {
    this.calls.push(`resume ${key}`);
  }
  override pauseAll(): void {
    this.calls.push('pauseAll');
  }
  override resumeAll(): void {
    this.calls.push('resumeAll');
  }
  override tryNow(): void {
    this.calls.push('tryNow');
  }
  override cancel(key: string): void {
    this.calls.push(`cancel ${key}`);
  }
  override finishLater(): void {
    this.calls.push('finishLater');
  }
  override cancelAll(): void {
    this.calls.push('cancelAll');
  }
  override retry(key?: string): void {
    this.calls.push(key === undefined ? 'retry' : `retry ${key}`);
  }
  override forgetLeft(): void {
    this.calls.push('forgetLeft');
  }
  override leaveOut(): void {
    this.calls.push('leaveOut');
  }
  override reset(): void {
    this.calls.push('reset');
  }
  override close(): void {
    this.calls.push('close');
  }
}
