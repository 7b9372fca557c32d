import type { AppDocument } from '../contract/app.ts';
import type { Identity } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';
import type { BrokerIdentity } from '../identity/identity.ts';
import { type OpenerWindow, StartPage } from '../identity/start-page.ts';

/** Opens the window within the click, and only then loads what signs in. */
export class LazyIdentity implements Identity {
  readonly #broker: URL;
  readonly #load: () => Promise<BrokerIdentity>;
  readonly #win: OpenerWindow;
  #page: StartPage | null = null;

  constructor(broker: URL, load: () => Promise<BrokerIdentity>, win: OpenerWindow) {
    this.#broker = broker;
    this.#load = load;
    this.#win = win;
  }

  async signIn(app: AppDocument, signal: AbortSignal): Promise<Person> {
    const page = new StartPage(this.#broker, app.app, this.#win);
    this.#page = page;
    try {
      const identity = await this.#load().catch((error: unknown) => {
        page.close();
        throw error;
      });
      return await identity.signIn(app, page, signal);
    } finally {
      this.#page = null;
    }
  }

  showWindow(): void {
    this.#page?.show();
  }

  async signOut(): Promise<void> {
    await (await this.#load()).signOut();
  }
}
