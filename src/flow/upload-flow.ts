import type { AppSource, Clock, Identity, Transfer } from './ports.ts';
import type { UploadFlowEvents } from './upload-events.ts';
import type { UploadSnapshot } from './upload-snapshot.ts';

export interface UploadPorts {
  readonly apps: AppSource;
  readonly identity: Identity;
  readonly transfer: Transfer;
  readonly clock: Clock;
}

export interface UploadSettings {
  /** Id of a folder made with `POST /v1/folders`. */
  folder?: string | undefined;
  /** A label for the builder's own use; never authority. */
  context?: Record<string, string> | undefined;
  /** Where absent, the app document decides. */
  start?: 'button' | 'auto' | undefined;
  isDisabled?: boolean | undefined;
}

const EMPTY: UploadSnapshot = {
  phase: 'loading',
  app: null,
  person: null,
  items: [],
  batchProblem: null,
  problem: null,
  signInNote: null,
  isOffline: false,
  isSlow: false,
  busyUntil: null,
  sent: 0,
  total: 0,
  msLeft: null,
  reference: null,
  removed: null,
};

/** From choosing files to the receipt. Dispatches `change` after each change of its snapshot, and `UploadFlowEvents`. */
export class UploadFlow extends EventTarget {
  constructor(_ports: UploadPorts) {
    super();
  }
  get snapshot(): UploadSnapshot {
    return EMPTY;
  }
  configure(_settings: UploadSettings): void {}
  async load(): Promise<void> {}
  async accept(_files: readonly File[]): Promise<void> {}
  remove(_key: string): void {}
  undoRemove(): void {}
  removeRefused(): void {}
  keepFirst(_count: number): void {}
  upload(): void {}
  signIn(): void {}
  cancelSignIn(): void {}
  showSignInWindow(): void {}
  async signOut(): Promise<void> {}
  cancel(_key: string): void {}
  cancelAll(): void {}
  retry(_key?: string): void {}
  leaveOut(): void {}
  reset(): void {}
  close(): void {}
  protected tell<Name extends keyof UploadFlowEvents>(name: Name, detail: UploadFlowEvents[Name]): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, cancelable: name === 'accepted' }));
  }
}
