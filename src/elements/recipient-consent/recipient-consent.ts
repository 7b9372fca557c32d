import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { composeRecipient, type RecipientSettings } from '../../compose/recipient.ts';
import { ConsentDeclinedEvent, ConsentGivenEvent, FileClaimedEvent } from '../../events.ts';
import type { RecipientFlowEvents } from '../../flow/recipient-events.ts';
import type { RecipientFlow } from '../../flow/recipient-flow.ts';
import { RECIPIENT_START, type RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { formatsFor } from '../../i18n/format.ts';
import { directionOf, langOf } from '../../i18n/messages.ts';
import { recipientCatalogue } from '../../i18n/recipient-catalogue.ts';
import { boxStyles } from '../../styles/index.ts';
import { SchemeController, type SchemeSetting } from '../../styles/scheme.ts';
import { FlowController } from '../flow-controller.ts';
import { AddressBar } from './address-bar.ts';
import { announce } from './announcements.ts';
import { takeCodeInput } from './code-field.ts';
import { tokenIn } from './link-address.ts';
import { LostFocus } from './lost-focus.ts';
import { styles } from './recipient-consent.styles.ts';
import { screen, screenName } from './screens.ts';
import { type Acts, QUIET_UI, type Ui, type View } from './view.ts';

/** The face of RecipientFlow; a test may bring its own. */
export type RecipientSteps = Pick<RecipientFlow, keyof RecipientFlow>;

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
 * @cssproperty --su-accent - Brand colour; text on it and links are derived. Accept and Decline never take it
 * @cssproperty --su-font - Font family
 * @cssproperty --su-roundness - 0 square, 1 default, 2 round
 */
export class RecipientConsent extends LitElement {
  static override readonly styles = [...boxStyles, styles];
  static compose: (settings: RecipientSettings) => RecipientSteps = composeRecipient;

  /** Address of the broker, `https://broker.example`. */
  @property() broker = '';
  /** `light`, `dark` or `page`; without it the page decides. */
  @property() scheme: SchemeSetting;

  @state() private ui: Ui = QUIET_UI;
  @state() private said = { polite: '', urgent: '' };

  readonly #control = new FlowController<RecipientSteps>(this, () => this.#flowChanged());
  #address: AddressBar | null = null;
  #token: string | null = null;
  #isTokenNew = false;
  #shown: RecipientSnapshot = RECIPIENT_START;
  /** Digits in the code field before the last input. */
  #digits = '';

  constructor() {
    super();
    new SchemeController(this, () => this.scheme);
    new LostFocus(this, () => this.#start);
  }

  /** The link's secret, where it does not come by the address. Write-only. */
  @property({ noAccessor: true })
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

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('broker') && !this.#isTokenNew) return;
    this.#isTokenNew = false;
    const broker = this.#brokerUrl;
    if (!broker) return;
    this.#address = new AddressBar(broker, window);
    this.#token = this.#address.takeToken() ?? this.#token;
    this.#begin(broker);
  }

  /** Where a screen begins for whoever came to it by an act of theirs. */
  get #start(): HTMLElement | null {
    return this.#input('code') ?? this.renderRoot.querySelector<HTMLElement>('.heading');
  }

  get #brokerUrl(): URL | null {
    return URL.canParse(this.broker) ? new URL(this.broker) : null;
  }

  #begin(broker: URL): void {
    this.#control.flow?.close();
    this.#shown = RECIPIENT_START;
    const surface = this.#address?.isOwnPage ? 'page' : 'embedded';
    const flow = (this.constructor as typeof RecipientConsent).compose({ broker, token: this.#token, surface });
    const hear = <Name extends keyof RecipientFlowEvents>(
      name: Name,
      act: (detail: RecipientFlowEvents[Name]) => void,
    ) => flow.addEventListener(name, (event) => act((event as CustomEvent<RecipientFlowEvents[Name]>).detail));
    hear('given', (detail) => this.dispatchEvent(new ConsentGivenEvent(detail)));
    hear('declined', (detail) => this.dispatchEvent(new ConsentDeclinedEvent(detail)));
    hear('claimed', (detail) => this.dispatchEvent(new FileClaimedEvent(detail)));
    this.#control.follow(flow);
    void flow.load();
  }

  readonly #addressChanged = (): void => {
    const broker = this.#brokerUrl;
    if (!broker || !this.#address?.isOwnPage) return;
    const token = tokenIn(window.location.href);
    if (token === null || token === this.#token) return;
    this.#token = token;
    this.ui = QUIET_UI;
    this.#begin(broker);
  };

  #flowChanged(): void {
    const { flow } = this.#control;
    if (!flow) return;
    const { snapshot } = flow;
    if (snapshot.notice !== null) this.#address?.forgetToken();
    const news = announce(this.#shown, this.#view(flow));
    if (news) this.said = news.isUrgent ? { polite: '', urgent: news.text } : { polite: news.text, urgent: '' };
    // Emptied in between, so that the same words are told again.
    else if (snapshot.problem === null && this.said.urgent !== '') this.said = { polite: '', urgent: '' };
    this.#shown = snapshot;
  }

  readonly #acts: Acts = {
    openLink: (event) => {
      event.preventDefault();
      this.#openPasted(this.#input('link')?.value ?? '');
    },
    copyLink: () => {
      void navigator.clipboard.writeText(window.location.href).then(() => this.#patch({ isCopied: true }));
    },
    sendCode: () => {
      const input = this.#input('code');
      if (input) input.value = '';
      this.#digits = '';
      void this.#act((flow) => flow.sendCode());
    },
    codeTyped: (event) => {
      const input = event.currentTarget;
      if (!(input instanceof HTMLInputElement)) return;
      const { digits, isWhole } = takeCodeInput(input, event, this.#digits);
      this.#digits = digits;
      if (isWhole) void this.#act((flow) => flow.submitCode(digits));
    },
    submitCode: (event) => {
      event.preventDefault();
      const text = this.#input('code')?.value ?? '';
      void this.#act((flow) => flow.submitCode(text));
    },
    decide: (decision, event) => {
      const { isTrusted } = event;
      this.#patch({ deciding: decision });
      void this.#act((flow) => flow.decide(decision, isTrusted));
    },
    showDetails: () => void this.#act((flow) => flow.showDetails()),
    download: (id) => void this.#control.flow?.download(id),
    downloadAll: () => void this.#control.flow?.downloadAll(),
    saveReceipt: () => this.#control.flow?.saveReceipt(),
    askToWithdraw: () => {
      void this.#act(async (flow) => {
        this.#patch({ isWithdrawing: true });
        if (flow.snapshot.notice === null) await flow.sendCode();
      });
    },
    withdraw: () => void this.#act((flow) => flow.withdraw()),
    keep: () => void this.#act(async () => this.#patch({ isWithdrawing: false })),
    retry: () => void this.#act((flow) => flow.load()),
  };

  /** The person's own act: if it leads to another screen, the focus goes along. */
  async #act(work: (flow: RecipientSteps) => Promise<void>): Promise<void> {
    const { flow } = this.#control;
    if (!flow) return;
    const before = screenName(this.#view(flow));
    await work(flow);
    if (screenName(this.#view(flow)) === before) return;
    this.requestUpdate();
    await this.updateComplete;
    this.#digits = '';
    this.#start?.focus();
  }

  #openPasted(text: string): void {
    const token = tokenIn(text);
    const broker = this.#brokerUrl;
    this.#patch({ isPasteWrong: token === null });
    if (!broker || token === null) return;
    this.#token = token;
    this.#address?.showToken(token);
    this.#begin(broker);
  }

  #input(id: string): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>(`#${id}`);
  }

  #patch(ui: Partial<Ui>): void {
    this.ui = { ...this.ui, ...ui };
  }

  #view(flow: RecipientSteps): View {
    const { lang, words: catalogue } = recipientCatalogue.for(langOf(this));
    return {
      snapshot: flow.snapshot,
      acts: this.#acts,
      ui: this.ui,
      words: catalogue.words,
      kinds: catalogue.kinds,
      formats: formatsFor(lang),
      now: Date.now(),
      isOwnPage: this.#address?.isOwnPage ?? false,
      wasOpened: this.#address?.wasOpened ?? false,
      brokerAddress: `${this.#brokerUrl?.origin ?? ''}/`,
      hasMouse: matchMedia('(hover: hover) and (pointer: fine)').matches,
    };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { flow } = this.#control;
    if (!flow) return nothing;
    const view = this.#view(flow);
    const { lang } = view.formats;
    return html`<div class="card" lang=${lang} dir=${directionOf(lang)}>${screen(view)}</div>
      <div class="hidden-text" aria-live="polite">${this.said.polite}</div>
      <div class="hidden-text" aria-live="assertive">${this.said.urgent}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'recipient-consent': RecipientConsent;
  }
}
