import { createTransform } from '../../src/compose/create-transform.ts';
import type { AppDocument, Room, StoredFile } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';
import type { OutgoingFile, SignInTeller, TransferWatcher } from '../../src/flow/ports.ts';
import { UploadFlow } from '../../src/flow/upload-flow.ts';
import type { Person } from '../../src/flow/upload-snapshot.ts';
import { guessType } from '../../src/policy/guess.ts';
import type { Guess } from '../../src/policy/index.ts';
import { transform } from '../../src/transform/index.ts';
import { appDocument } from './app-document.ts';
import { PageClock, settled } from './page-clock.ts';
import { ScriptedAgreements } from './scripted-agreements.ts';
import { ScriptedBatches } from './scripted-batches.ts';
import { ScriptedUnfinished } from './scripted-unfinished.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

export const png = (name: string, size = 100, lastModified = 1): File => {
  const bytes = new Uint8Array(size);
  bytes.set(PNG.slice(0, size));
  return new File([bytes], name, { type: 'image/png', lastModified });
};

export const APP = appDocument({
  app: 'cases',
  limits: {
    max_file_bytes: 1000,
    max_total_bytes: 2500,
    max_files: 4,
    max_name_length: 50,
    accepts: [{ name: 'photos', types: ['image/png'], extensions: ['png'] }],
  },
});

export const JO: Person = { id: 'person-jo', name: 'Jo Meyer', scopes: ['openid', 'uploads:create'] };

/** An upload flow whose ports a test moves by hand. */
export class UploadDesk {
  readonly clock = new PageClock();
  readonly unfinished = new ScriptedUnfinished();
  readonly batches = new ScriptedBatches();
  readonly agreements = new ScriptedAgreements();
  readonly heard: { name: string; detail: unknown }[] = [];
  readonly sent: { files: readonly OutgoingFile[]; options: object; watcher: TransferWatcher; end: () => void }[] = [];
  readonly calls: string[] = [];
  changes = 0;
  guess: Guess = guessType;
  /** Of the sign-in that was opened last. */
  tell: SignInTeller | null = null;
  /** What the page is come back to with. */
  comingBack: Promise<Person> | null = null;
  readApp: () => Promise<AppDocument>;
  readRoom: () => Promise<Room> = () => Promise.reject(new UploadError('broker_down'));
  #signIn: { resolve: (person: Person) => void; reject: (error: unknown) => void } | null = null;
  readonly flow: UploadFlow;

  constructor(app: Partial<AppDocument> = {}) {
    this.readApp = async () => ({ ...APP, ...app });
    this.flow = new UploadFlow({
      apps: { readApp: () => this.readApp() },
      clock: this.clock,
      transform: createTransform(async () => transform),
      guess: (head) => this.guess(head),
      identity: {
        signIn: (_app, way, signal, tell) => {
          this.calls.push(way === 'window' ? 'signIn' : `signIn by ${way}`);
          this.tell = tell;
          return new Promise((resolve, reject) => {
            this.#signIn = { resolve, reject };
            signal.addEventListener('abort', () => reject(new UploadError('sign_in_cancelled')));
          });
        },
        comeBack: () => this.comingBack,
        link: () => 'https://broker.example/sign-in/start?app=cs-screenshots#ticket',
        showWindow: () => this.calls.push('showWindow'),
        signOut: async () => {
          this.calls.push('signOut');
        },
      },
      agreements: this.agreements,
      readRoom: () => this.readRoom(),
      unfinished: this.unfinished,
      batches: this.batches,
      transfer: {
        send: (files, options, watcher) =>
          new Promise((end) => {
            this.sent.push({ files, options, watcher, end });
          }),
        cancel: (key) => {
          this.calls.push(`cancel ${key}`);
        },
        leaveAll: () => {
          this.calls.push('leaveAll');
          for (const { end } of this.sent) end();
        },
        cancelAll: () => {
          this.calls.push('cancelAll');
          for (const { end } of this.sent) end();
        },
        pause: (key) => {
          this.calls.push(`pause ${key}`);
        },
        resume: (key) => {
          this.calls.push(`resume ${key}`);
        },
        tryNow: () => {
          this.calls.push('tryNow');
        },
        signedIn: () => {
          this.calls.push('signedIn');
        },
        close: () => {
          this.calls.push('close');
        },
      },
    });
    this.flow.addEventListener('change', () => {
      this.changes += 1;
    });
    for (const name of ['accepted', 'rejected', 'progress', 'done', 'failed', 'signed-in', 'signed-out']) {
      this.flow.addEventListener(name, (event) => {
        if (event instanceof CustomEvent) this.heard.push({ name, detail: event.detail });
      });
    }
  }

  /** A flow that has its app document. */
  static async open(app: Partial<AppDocument> = {}): Promise<UploadDesk> {
    const desk = new UploadDesk(app);
    await desk.flow.load();
    return desk;
  }

  /** A flow with these files sent by a person who is signed in. */
  static async uploading(...files: readonly File[]): Promise<UploadDesk> {
    const desk = await UploadDesk.open();
    await desk.flow.accept(files);
    desk.flow.upload();
    await desk.signIn();
    return desk;
  }

  async signIn(person = JO): Promise<void> {
    this.#signIn?.resolve(person);
    await settled();
  }

  async failSignIn(error: unknown): Promise<void> {
    this.#signIn?.reject(error);
    await settled();
  }

  /** The batch that was handed over last. */
  get batch() {
    const batch = this.sent.at(-1);
    if (!batch) throw new Error('Nothing was handed over');
    return batch;
  }

  store(key: string): void {
    const { watcher } = this.batch;
    const item = this.item(key);
    watcher.progress(key, item.size);
    watcher.finishing(key);
    watcher.stored(key, storedFile(item.name, item.size));
  }

  async end(): Promise<void> {
    for (const { end } of this.sent) end();
    await settled();
  }

  item(key: string) {
    const item = this.flow.snapshot.items.find((one) => one.key === key);
    if (!item) throw new Error(`No item ${key}`);
    return item;
  }

  /** Name and state of each row. */
  get rows(): string[] {
    return this.flow.snapshot.items.map(({ name, phase, problem }) => `${name} ${problem?.code ?? phase}`);
  }

  names(): string[] {
    return this.heard.map(({ name }) => name);
  }
}

export function storedFile(name: string, size: number): StoredFile {
  const times = { stored_at: '2026-03-02T09:00:00Z', delete_at: '2026-05-31T09:00:00Z' };
  return {
    id: `stored-${name}`,
    name,
    size,
    type: 'image/png',
    sha256: `${'A'.repeat(43)}=`,
    reference: '7F3K92QD',
    receipt: `receipt of ${name}`,
    ...times,
  };
}
