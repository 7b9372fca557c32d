import { composeForUppy } from '../compose/uppy.ts';
import type { AppDocument } from '../contract/app.ts';
import type { Calls, SigningPorts } from './ports.ts';

/** Who signed in. */
export interface Person {
  /** An opaque name of this person at this broker. */
  readonly id: string;
  readonly name: string;
  /** What they may do. */
  readonly scopes: readonly string[];
}

/** Where a page's people sign in, and what then calls the broker for them. Tokens stay inside, in memory. */
export class BrokerConnection implements SigningPorts {
  readonly calls: Calls;
  readonly wait: SigningPorts['wait'];
  readonly #parts: ReturnType<typeof composeForUppy>;
  #app: Promise<AppDocument> | null = null;
  #person: Person | null = null;
  #page: ReturnType<ReturnType<typeof composeForUppy>['openStartPage']> | null = null;
  #signingIn: Promise<Person> | null = null;

  constructor(place: { readonly broker: URL; readonly app: string }) {
    this.#parts = composeForUppy(place);
    const { client, tickets, wait } = this.#parts;
    this.wait = wait;
    this.calls = {
      newTrace: () => client.newTrace(),
      startUploads: (body, batch) => client.startUploads(body, batch),
      signParts: (body, options) => client.signParts(body, options),
      completeUploads: (uploads, batch) => client.completeUploads(uploads, batch),
      uploadStatus: (id, signal) => client.uploadStatus(id, signal),
      abortUpload: (id) => client.abortUpload(id),
      s3Ticket: (ask) => tickets.s3Ticket(ask),
    };
  }

  /** Null until somebody signed in. */
  get person(): Person | null {
    return this.#person;
  }

  /** What the app takes, for how long and from whom; public. Fails as every call does. */
  about(): Promise<AppDocument> {
    this.#app ??= this.#parts.apps.readApp(new AbortController().signal).catch((error: unknown) => {
      this.#app = null;
      throw error;
    });
    return this.#app;
  }

  /**
   * Opens the sign-in window; call it within a click. A second call brings the window to the front. Fails with an
   * UploadError: popup_blocked, sign_in_cancelled (`signal`), sign_in_timeout (10 minutes), sign_in_refused,
   * sign_in_lost, sign_in_mixed, broker_down.
   */
  signIn(signal: AbortSignal = new AbortController().signal): Promise<Person> {
    if (this.#signingIn) this.#page?.show();
    this.#signingIn ??= this.#signIn(signal).finally(() => {
      this.#signingIn = null;
    });
    return this.#signingIn;
  }

  async signOut(): Promise<void> {
    this.#person = null;
    await this.#parts.identity.signOut();
  }

  /** Opens the window before anything is waited for. */
  async #signIn(signal: AbortSignal): Promise<Person> {
    const page = this.#parts.openStartPage();
    this.#page = page;
    const app = await this.about().catch((error: unknown) => {
      page.close();
      throw error;
    });
    this.#person = await this.#parts.identity.signIn(app, page, signal);
    return this.#person;
  }
}
