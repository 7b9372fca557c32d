import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { composeRecipient, type RecipientSettings } from '../../compose/recipient.ts';
import type { FirstCover } from '../../flow/first-cover.ts';
import type { RecipientSteps } from '../../flow/recipient-flow.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { formatsFor } from '../../i18n/format.ts';
import { LANGUAGE_NAMES } from '../../i18n/language-names.ts';
import { directionOf } from '../../i18n/messages.ts';
import { firstRecipientCatalogue } from '../../i18n/recipient-first-catalogue.ts';
import { recipientLanguages } from '../../i18n/recipient-languages.ts';
import { boxStyles } from '../../styles/index.ts';
import { SchemeController, type SchemeSetting } from '../../styles/scheme.ts';
import { VERSION } from '../../version.ts';
import { FocusKeeper } from '../focus-keeper.ts';
import { LanguageController } from '../language.ts';
import { liveRegions } from '../live-regions.ts';
import { AddressBar } from './address-bar.ts';
import { openAway } from './away.ts';
import { tokenIn } from './link-address.ts';
import type { Desk } from './open-page.ts';
import { firstScreen, loadingScreen, topRow } from './opening.ts';
import { PageFlow } from './page-flow.ts';
import { styles } from './recipient-consent.styles.ts';
import { type FirstActs, type FirstView, QUIET_UI, type Ui } from './view.ts';

export type { RecipientSteps } from '../../flow/recipient-flow.ts';

/**
 * @summary A recipient reads who sends what and why, proves who they are by a mailed code, accepts or declines, and gets the files.
 *
 * On the broker's own page `/r` the link's secret is read from the address. Elsewhere it may also be given as `token`;
 * it is taken out of the page at once and cannot be read back.
 *
 * @fires consent-given - ConsentGivenEvent: the recipient accepted; detail has the signed receipt
 * @fires consent-declined - ConsentDeclinedEvent
 * @fires file-claimed - FileClaimedEvent: a file arrived and its checksum fits
 *
 * @csspart card - The card
 * @csspart heading - The heading of a screen
 * @csspart facts - A list of what is what: who, why, until when
 * @csspart primary - The main button of a screen; Accept and Decline have no part, so that they stay alike
 * @csspart field - The field for the code or the link
 * @csspart note - A message in its own box
 * @csspart problem - What is wrong, beside what it is about
 * @csspart list - The list of files
 * @csspart row - A file in it
 * @csspart picture - The sign of a file
 * @csspart name - The name of a file
 * @csspart status - Where a file stands
 * @csspart reference - The reference
 *
 * @cssproperty --su-accent - Brand colour; text on it and links are derived. Accept and Decline never take it
 * @cssproperty --su-font - Font family
 * @cssproperty --su-roundness - 0 square, 1 default, 2 round
 */
export class RecipientConsent extends LitElement {
  /** Version of the script that it came with. */
  static readonly version = VERSION;
  static override readonly styles = [...boxStyles, styles];
  /** Not by decorators: their helpers would be a twentieth of the page. */
  static override readonly properties = { broker: {}, scheme: {}, token: { noAccessor: true } };
  /** Where flows come from: with a first look at the cover, or at once. */
  static compose: (settings: RecipientSettings) => FirstCover<RecipientSteps> | RecipientSteps = composeRecipient;
  /** Where the link's secret comes from. */
  static addressOf = (broker: URL): AddressBar => new AddressBar(broker, window);

  /** Address of the broker, `https://broker.example`. */
  broker = '';
  /** `light`, `dark` or `page`; without it the page decides. */
  scheme: SchemeSetting;

  readonly #flow = new PageFlow(this, async (steps) => {
    const { OpenPage } = await import('./open-page.ts');
    return new OpenPage(this, this.#desk, steps);
  });
  readonly #language = new LanguageController(this, recipientLanguages);
  #ui: Ui = QUIET_UI;
  #address: AddressBar | null = null;
  #token: string | null = null;
  #isTokenNew = false;
  /** Chosen by the person, or told by the link. */
  #isLanguageKnown = false;
  #isTurning = false;

  constructor() {
    super();
    new SchemeController(this, () => this.scheme);
    new FocusKeeper(this, () => this.#start);
  }

  /** The link's secret, where it does not come by the address. Write-only. */
  set token(token: string | null) {
    if (token === null || token === '') return;
    this.#token = token;
    this.#isTokenNew = true;
    this.removeAttribute('token');
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#addressChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#addressChanged);
  }

  /** Where a flow is there from the start, drawn is what it shows, and not what comes before it. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDrawn = await super.getUpdateComplete();
    return (await this.#flow.isComing) ? super.getUpdateComplete() : isDrawn;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('broker') && !this.#isTokenNew) return;
    this.#isTokenNew = false;
    const broker = this.#brokerUrl;
    if (!broker) return;
    this.#address = (this.constructor as typeof RecipientConsent).addressOf(broker);
    this.#token = this.#address.takeToken() ?? this.#token;
    const { language } = this.#address;
    if (language !== null) this.#followMail(language);
    this.#begin(broker);
  }

  protected override updated(): void {
    const { open } = this.#flow;
    if (open && this.#language.lang !== null) open.speak(firstRecipientCatalogue.for(this.#language.lang).lang);
  }

  get #start(): HTMLElement | null {
    const { renderRoot } = this;
    return this.#input('code') ?? renderRoot.querySelector('#new-code') ?? renderRoot.querySelector('.heading');
  }

  get #brokerUrl(): URL | null {
    return URL.canParse(this.broker) ? new URL(this.broker) : null;
  }

  #begin(broker: URL): void {
    const surface = this.#address?.isOwnPage ? 'page' : 'embedded';
    this.#flow.begin((this.constructor as typeof RecipientConsent).compose({ broker, token: this.#token, surface }));
    if (!this.#address?.isForWithdrawing) return;
    this.#patch({ isWithdrawing: true });
    this.#near();
  }

  /** Before anything is read: in the language of the mail, or in the one that was chosen before a reload. */
  #turnTo(language: string): void {
    this.lang = language;
    const coming = recipientLanguages.load(language);
    if (coming === null) return;
    this.#isTurning = true;
    void coming.then(() => {
      this.#isTurning = false;
      this.requestUpdate();
    });
  }

  /** The mail's language, until somebody has chosen: what the link says of it is known with its cover. */
  #followMail(language: string | undefined): void {
    if (language === undefined || this.#isLanguageKnown || !this.#address?.isOwnPage) return;
    this.#isLanguageKnown = true;
    if (language in LANGUAGE_NAMES) this.#turnTo(language);
  }

  readonly #speak = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.#isLanguageKnown = true;
    this.lang = value;
    this.#address?.keepLanguage(value);
  };

  readonly #addressChanged = (): void => {
    const broker = this.#brokerUrl;
    if (!broker || !this.#address?.isOwnPage) return;
    const token = tokenIn(window.location.href);
    if (token === null || token === this.#token) return;
    this.#token = token;
    this.#patch(QUIET_UI);
    this.#begin(broker);
  };

  readonly #acts: FirstActs = {
    openLink: (event) => {
      event.preventDefault();
      this.#openPasted(this.#input('link')?.value ?? '');
    },
    copyLink: () => {
      void navigator.clipboard.writeText(window.location.href).then(() => this.#patch({ isCopied: true }));
    },
    sendCode: ({ isTrusted }) => this.#flow.use((page) => page.sendCode(isTrusted)),
    signIn: (provider, { isTrusted }) => {
      // Within the press: later no browser lets a window open.
      const away = openAway();
      this.#flow.use((page) => page.signIn(provider, isTrusted, away));
    },
    openElsewhere: () => {
      window.open(`${this.#brokerUrl?.origin}/r#${this.#token}`, '_blank', 'noopener');
    },
    notMine: ({ isTrusted }) => this.#flow.use((page) => page.notMine(isTrusted)),
  };

  readonly #desk: Desk = ((element) => ({
    get view() {
      return element.#view(element.#flow.snapshot ?? RECIPIENT_START);
    },
    get start() {
      return element.#start;
    },
    patch: (ui) => this.#patch(ui),
    input: (id) => this.#input(id),
    forgetToken: () => this.#address?.forgetToken(),
  }))(this);

  #openPasted(text: string): void {
    const token = tokenIn(text);
    const broker = this.#brokerUrl;
    this.#patch({ isPasteWrong: token === null });
    if (token === null) this.#input('link')?.focus();
    if (!broker || token === null) return;
    this.#token = token;
    this.#address?.showToken(token);
    this.#begin(broker);
  }

  #input(id: string): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  #patch(ui: Partial<Ui>): void {
    this.#ui = { ...this.#ui, ...ui };
    this.requestUpdate();
  }

  /** Whoever comes near may press; so what the press needs is fetched. */
  readonly #near = (): void => {
    const { phase } = this.#flow.snapshot ?? {};
    if (phase === 'cover' || this.#ui.isWithdrawing) void this.#flow.prepare();
  };

  #view(snapshot: RecipientSnapshot): FirstView {
    const { lang, words } = firstRecipientCatalogue.for(this.#language.lang ?? 'en');
    return {
      snapshot,
      acts: this.#acts,
      ui: this.#ui,
      words,
      formats: formatsFor(lang),
      now: Date.now(),
      isOwnPage: this.#address?.isOwnPage ?? false,
      wasOpened: this.#address?.wasOpened ?? false,
      brokerAddress: `${this.#brokerUrl?.origin ?? ''}/`,
      problem: () => nothing,
    };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { open, snapshot } = this.#flow;
    if (!snapshot || this.#language.lang === null) return nothing;
    this.#followMail(snapshot.cover?.language);
    const view = this.#view(snapshot);
    const { lang } = view.formats;
    // Nobody pressed anything that the focus could follow.
    const isBroken = !open && snapshot.phase === 'unavailable' && !snapshot.cover;
    const { unavailable, cutLink } = view.words;
    const urgent = isBroken
      ? unavailable.heading
      : snapshot.phase === 'cut-link' && view.ui.isPasteWrong
        ? cutLink.problem
        : '';
    const isWaiting = this.#isTurning || (this.#ui.isWithdrawing && !open && snapshot.phase !== 'unavailable');
    return html`<div class="frame">${topRow(view, this.#speak)}<div
        part="card"
        class="card"
        lang=${lang}
        dir=${directionOf(lang)}
        @pointerover=${this.#near}
        @focusin=${this.#near}
      >${isWaiting ? loadingScreen(view) : (open?.screen ?? firstScreen(view))}</div></div>
      ${liveRegions(lang, urgent)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'recipient-consent': RecipientConsent;
  }
}
