import type { LitElement } from 'lit';
import type { FirstSnapshot } from '../../flow/first-snapshot.ts';
import { type HintFacts, hintText, setupEn } from '../../i18n/setup-en.ts';
import { around, isBuiltHere, isUploadPage } from './around.ts';
import { brokerUrl } from './broker-url.ts';
import { page } from './page.ts';
import { type Line, SetupPanel } from './setup-panel.ts';
import { hasCurlyQuotes, type Pasted, type Slip, slipsOf } from './slips.ts';
import { unknownValues } from './unknown-values.ts';

/** A problem, and what its words need beyond the tag. */
interface Hint extends Slip {
  readonly blocked?: URL;
  readonly setting?: string;
  readonly values?: string;
}

const quiet = (): void => {};

/** Looks at the paste and at the page for whoever builds it. Visitors are shown nothing of it, ever. */
export class Setup {
  readonly #box: LitElement & Pasted;
  readonly #snapshot: () => FirstSnapshot;
  /** What the box ran into, by code. */
  readonly #met = new Map<string, Hint>();
  readonly #written = new Set<string>();
  /** In the next frame: what is drawn while sizes are told changes them, of which WebKit complains to the page. */
  readonly #sizes = new ResizeObserver(() => requestAnimationFrame(() => this.#box.isConnected && this.look()));
  #panel: SetupPanel | null = null;
  /** Where the storage is, and whether the page lets the box ask it; not so before that is known. */
  #storage: { readonly url: URL; readonly isOpen: boolean } | null = null;

  constructor(box: LitElement & Pasted, snapshot: () => FirstSnapshot) {
    this.#box = box;
    this.#snapshot = snapshot;
    this.#sizes.observe(box);
    // Of an app that is not there the rest of the box is never loaded.
    if (page.isFramed()) void import('./leave-frame.ts').then(({ leaveFrame }) => leaveFrame(box), quiet);
  }

  /** Answers the code of what it really is. */
  async tell(code: string): Promise<string> {
    const hint = await this.#understand(code);
    this.#met.set(hint.code, hint);
    this.look();
    return hint.code;
  }

  look(): void {
    const slips: Hint[] = [...slipsOf(this.#box), ...unknownValues(this.#box)];
    const hints: Hint[] = [
      ...slips,
      ...[...this.#met.values()].filter(({ code }) => !slips.some((s) => s.code === code)),
    ];
    for (const hint of hints) this.#write(hint);
    if (!this.#isBuilders || !this.#box.shadowRoot) {
      this.#panel?.show([]);
      return;
    }
    if (!this.#box.hasUpdated) {
      // What stands there before the first drawing stays before the box, in the eye and for assistive technology.
      void this.#box.updateComplete.then(() => this.look());
      return;
    }
    this.#panel ??= new SetupPanel(this.#box.shadowRoot);
    this.#panel.show([...hints.map((hint) => this.#line(hint)), ...this.#fine(hints)]);
    void this.#probeStorage();
  }

  /** Another app. */
  forget(): void {
    this.#met.clear();
    this.#storage = null;
    this.look();
  }

  /** No real visitor can be here: by the address of the page, or because the app is not open yet. Never on the broker's page. */
  get #isBuilders(): boolean {
    const { app, problem } = this.#snapshot();
    const [place, broker] = [page.place(), brokerUrl(this.#box.broker)];
    if (isUploadPage(place, broker)) return false;
    return isBuiltHere(place, broker) || app?.mode === 'test' || (app === null && problem?.figures?.why === 'test');
  }

  /** What the flow ran into may have its cause in the page. */
  async #understand(code: string): Promise<Hint> {
    if (code === 'app_unknown' && hasCurlyQuotes(this.#box)) return { code: 'quotes_curly' };
    if (code === 'origin_not_allowed' && !around.hasOrigin()) return { code: 'origin_none' };
    const broker = brokerUrl(this.#box.broker);
    if (code === 'broker_down' && broker) {
      const url = new URL('/healthz', broker);
      if ((await page.reach(url)) === 'blocked') return { code: 'blocked_page', blocked: url };
    }
    const storage = this.#storageUrl;
    if (code === 'store_unreachable' && storage) {
      const reach = await page.reach(storage);
      this.#storage = { url: storage, isOpen: reach === 'reached' };
      if (reach === 'blocked') return { code: 'blocked_page', blocked: storage };
    }
    return { code };
  }

  /** Builders learn before the first upload what a visitor would run into. */
  async #probeStorage(): Promise<void> {
    const url = this.#storageUrl;
    if (!url || this.#storage?.url.href === url.href) return;
    this.#storage = { url, isOpen: false };
    const isOpen = await page.mayAsk(url);
    if (this.#storageUrl?.href !== url.href) return;
    this.#storage = { url, isOpen };
    if (!isOpen) this.#met.set('blocked_page', { code: 'blocked_page', blocked: url });
    this.look();
  }

  get #storageUrl(): URL | null {
    const origin = this.#snapshot().app?.storage_origin;
    return origin && URL.canParse(origin) ? new URL(origin) : null;
  }

  #fine(hints: readonly Hint[]): Line[] {
    const { app } = this.#snapshot();
    if (!app) return [];
    const lines: Line[] = [{ kind: 'ok', text: setupEn.appFound(app.app, app.template.version) }];
    if (!hints.some(({ code }) => code === 'popup_blocked' || code === 'not_secure')) {
      const isSure = !page.isFramed() || this.#snapshot().person !== null;
      lines.push({ kind: isSure ? 'ok' : 'open', text: isSure ? setupEn.windowOpens : setupEn.windowInFrame });
    }
    if (this.#storage?.isOpen) lines.push({ kind: 'ok', text: setupEn.reaches });
    return lines;
  }

  #line(hint: Hint): Line {
    const facts = this.#facts(hint);
    const copy = hint.code === 'blocked_page' ? facts.policy : undefined;
    return { kind: 'warn', text: hintText(hint.code, facts), copy };
  }

  /** One line per problem, for every visitor's console too: it holds nothing of a person. */
  #write(hint: Hint): void {
    const key = `${hint.code} ${hint.setting ?? ''} ${hint.unknown ?? ''}`;
    if (this.#written.has(key)) return;
    this.#written.add(key);
    console.warn(`[secure-upload] ${hint.code}: ${hintText(hint.code, this.#facts(hint))}`);
  }

  #facts({ unknown = '', meant, blocked, setting = '', values = '' }: Hint): HintFacts {
    const { app, broker: address, name } = this.#box;
    const broker = brokerUrl(address);
    const needed = [broker?.origin, this.#storageUrl?.origin].filter((origin) => origin !== undefined);
    return {
      page: page.place().origin,
      app,
      broker: broker?.host ?? address,
      name,
      width: Math.round(this.#box.getBoundingClientRect().width),
      isFramed: page.isFramed(),
      blocked: blocked?.host ?? '',
      policy: `connect-src ${[...new Set(needed)].join(' ')}`,
      unknown,
      meant,
      setting,
      values,
    };
  }
}
