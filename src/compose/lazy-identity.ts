import type { AppDocument } from '../contract/app.ts';
import type { Clock, Identity, SignInTeller, SignInWay } from '../flow/ports.ts';
import type { Person } from '../flow/upload-snapshot.ts';
import type { BrokerIdentity } from '../identity/identity.ts';
import { type OpenerWindow, StartPage, startLink } from '../identity/start-page.ts';
import type { StartWindow } from '../identity/start-window.ts';
import type { Leave } from './leave.ts';

/** A start page that loads says so long before this. */
const HEARD_WITHIN_MS = 5000;

export interface LazyIdentityPorts {
  readonly win: OpenerWindow;
  readonly clock: Clock;
  /** Loads what takes the page away and brings it back. */
  readonly leave: () => Promise<Leave>;
  /** What this page was come back to with, for an app; once. */
  readonly takeReturned: (app: string) => URLSearchParams | null;
  /** The window of a press that came before this; once. */
  readonly takeWindow: () => StartWindow | null;
}

/** Opens the window within the click, and only then loads what signs in. */
export class LazyIdentity implements Identity {
  readonly #broker: URL;
  readonly #load: () => Promise<BrokerIdentity>;
  readonly #ports: LazyIdentityPorts;
  #page: StartPage | null = null;
  #link: URL | null = null;

  constructor(broker: URL, load: () => Promise<BrokerIdentity>, ports: LazyIdentityPorts) {
    this.#broker = broker;
    this.#load = load;
    this.#ports = ports;
  }

  async signIn(app: AppDocument, way: SignInWay, signal: AbortSignal, tell: SignInTeller): Promise<Person> {
    if (way === 'page') return this.#leave(app, signal);
    return way === 'code' ? this.#byCode(app, signal, tell) : this.#byWindow(app, way, signal, tell);
  }

  comeBack(app: AppDocument, signal: AbortSignal): Promise<Person> | null {
    const answer = this.#ports.takeReturned(app.app);
    return answer && this.#end(app, answer, signal);
  }

  link(app: AppDocument): string {
    this.#link ??= startLink(this.#broker, app.app);
    return this.#link.href;
  }

  showWindow(): void {
    this.#page?.show();
  }

  async signOut(): Promise<void> {
    await (await this.#load()).signOut();
  }

  async #byWindow(app: AppDocument, way: 'window' | 'link', signal: AbortSignal, tell: SignInTeller): Promise<Person> {
    const link = way === 'link' ? new URL(this.link(app)) : undefined;
    this.#link = null;
    const opened = link ? null : this.#ports.takeWindow();
    const page = new StartPage(this.#broker, app.app, this.#ports.win, { link, opened, onReady: () => heard() });
    const stopWaiting = this.#ports.clock.after(HEARD_WITHIN_MS, () => tell.cutOff(true));
    const heard = () => {
      stopWaiting();
      tell.cutOff(false);
    };
    this.#page = page;
    try {
      const identity = await this.#load().catch((error: unknown) => {
        page.close();
        throw error;
      });
      return await identity.signIn(app, page, signal);
    } finally {
      stopWaiting();
      if (this.#page === page) this.#page = null;
    }
  }

  async #byCode(app: AppDocument, signal: AbortSignal, tell: SignInTeller): Promise<Person> {
    const [identity, { CodeWay }] = await Promise.all([this.#load(), import('../identity/code-way.ts')]);
    const way = new CodeWay(this.#broker, app.app, () => this.#ports.clock.now(), tell.code);
    return identity.signIn(app, way, signal);
  }

  async #leave(app: AppDocument, signal: AbortSignal): Promise<never> {
    const [{ demand }, leave] = await Promise.all([this.#load(), this.#ports.leave()]);
    return leave.away({ broker: this.#broker, app: app.app, now: this.#ports.clock.now(), demand }, signal);
  }

  async #end(app: AppDocument, answer: URLSearchParams, signal: AbortSignal): Promise<Person> {
    const [identity, leave] = await Promise.all([this.#load(), this.#ports.leave()]);
    const trip = await leave.back(app.app, answer.get('state') ?? '');
    return identity.comeBack(app, trip, answer, signal);
  }
}
