import type { AppDocument } from '../contract/app.ts';
import { asUploadError, UploadError } from '../errors.ts';
import { type FirstSnapshot, NOTHING_YET } from './first-snapshot.ts';
import type { AppSource, LinkMaker } from './ports.ts';
import type { UploadFlow } from './upload-flow.ts';

/** What takes over from the first look. */
export interface UploadParts {
  readonly flow: UploadFlow;
  readonly links: LinkMaker;
}

export interface FirstLookPorts {
  readonly apps: AppSource;
  /** Of this script. */
  readonly version: string;
  /** The sign-in window of a press that comes before the flow. */
  readonly early: { open(): void; close(): void };
  /** Loads the flow for this app. */
  open(app: AppDocument): Promise<UploadParts>;
}

/** What the first paint shows, before the flow itself is loaded. Dispatches `change` after each change of its snapshot. */
export class FirstLook extends EventTarget {
  /** The flow takes the window that is opened here. */
  readonly early: FirstLookPorts['early'];
  readonly #ports: FirstLookPorts;
  readonly #closing = new AbortController();
  #snapshot: FirstSnapshot = NOTHING_YET;

  constructor(ports: FirstLookPorts) {
    super();
    this.#ports = ports;
    this.early = ports.early;
  }

  get snapshot(): FirstSnapshot {
    return this.#snapshot;
  }

  /** Fetches the app document. Where the box cannot be used, `phase` becomes unavailable and `problem` says why. */
  async load(): Promise<void> {
    try {
      const app = await this.#ports.apps.readApp(this.#closing.signal);
      if (app.retired_scripts.includes(this.#ports.version)) throw new UploadError('old_version');
      const closed = { paused: 'app_paused', closed: 'app_closed', live: null, test: null }[app.mode];
      this.#show({ app, phase: closed ? 'unavailable' : 'choosing', problem: closed ? { code: closed } : null });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Loads the flow, with the document that is here. Null while there is none. */
  async open(): Promise<UploadParts | null> {
    const { app } = this.#snapshot;
    return app && this.#ports.open(app);
  }

  /** The rest of the box cannot be had. */
  fail(error: unknown): void {
    this.early.close();
    const { code, problem } = asUploadError(error, 'internal');
    this.#show({ app: null, phase: 'unavailable', problem: { code, figures: problem?.figures } });
  }

  close(): void {
    this.#closing.abort();
    this.early.close();
  }

  #show(change: Partial<FirstSnapshot>): void {
    if (this.#closing.signal.aborted) return;
    this.#snapshot = { ...NOTHING_YET, ...change };
    this.dispatchEvent(new Event('change'));
  }
}
