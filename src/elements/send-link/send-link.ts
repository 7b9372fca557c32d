import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppDocument } from '../../contract/app.ts';
import type { CheckedRecipient, Link, LinkPreview, MadeLink } from '../../contract/links.ts';
import type { StoredFile } from '../../contract/uploads.ts';
import { isRecipient } from '../../contract/values.ts';
import { asUploadError, type UploadError } from '../../errors.ts';
import { LinkSentEvent } from '../../events.ts';
import type { LinkMaker } from '../../flow/ports.ts';
import { formatsFor } from '../../i18n/format.ts';
import { directionOf, langOf } from '../../i18n/messages.ts';
import { isolate } from '../../i18n/names.ts';
import { sendLinkCatalogue } from '../../i18n/send-link-catalogue.ts';
import { uploaderLanguages } from '../../i18n/uploader-languages.ts';
import { boxStyles } from '../../styles/index.ts';
import { SchemeController } from '../../styles/scheme.ts';
import { ticks } from '../../styles/ticks.ts';
import { VERSION } from '../../version.ts';
import { Announcer } from '../announcer.ts';
import { LanguageController } from '../language.ts';
import { liveRegions } from '../live-regions.ts';
import { LinkAttempts } from './attempts.ts';
import { type Draft, type Field, missingIn, recipientsIn, wishOf } from './draft.ts';
import { linkForm } from './form.ts';
import type { FormView } from './form-view.ts';
import type { LinkAct } from './link-state.ts';
import { linkList } from './list.ts';
import { faultyField, problemText } from './problem-text.ts';
import { styles } from './send-link.styles.ts';
import { SentLinks } from './sent-links.ts';
import { sentView } from './sent-view.ts';

const NEEDS_SIGN_IN: ReadonlySet<string> = new Set(['stronger_sign_in', 'sign_in_ended', 'sign_in_needed']);

/**
 * @summary Sends uploaded files by one-time links, one for each person, and shows what became of them.
 *
 * @fires link-sent - LinkSentEvent: the mail with the link is on its way
 * @fires close - The person pressed Done
 *
 * @csspart card - The form
 * @csspart heading - Its heading
 * @csspart primary - The main button
 * @csspart field - A field
 * @csspart note - The message that the link is on its way
 * @csspart list - The links that were sent
 * @csspart row - One of them
 * @csspart name - Whom it was sent to
 * @csspart status - How it stands
 * @csspart problem - What is wrong, beside what it is about
 *
 * @cssproperty --su-accent - Brand colour; text on it and links are derived
 * @cssproperty --su-font - Font family
 * @cssproperty --su-roundness - 0 square, 1 default, 2 round
 */
export class SendLink extends LitElement {
  /** Version of the script that it came with. */
  static readonly version = VERSION;
  static override readonly styles = [...boxStyles, ticks, styles];

  /** Makes the link, in the name of whoever is signed in. */
  @property({ attribute: false }) links: LinkMaker | null = null;
  /** What can be sent; all of it is ticked. */
  @property({ attribute: false }) files: readonly StoredFile[] = [];
  /** The app that the files were uploaded to. */
  @property({ attribute: false }) app: AppDocument | null = null;

  /** Signs in anew where a link waits for it, within the press; gets what stands in the form. Null: the page has no way. */
  @property({ attribute: false }) signIn: ((draft: Draft) => void) | null = null;
  /** What stood in the form before that sign-in. */
  @property({ attribute: false }) kept: Draft | null = null;

  @state() private draft: Draft = { files: [], recipient: '', purpose: '', days: 0, language: '' };
  @state() private missing: readonly Field[] = [];
  @state() private failure: UploadError | null = null;
  /** With those that another address of the same form kept waiting. */
  @state() private sent: readonly MadeLink[] = [];
  @state() private isSent = false;
  @state() private isListed = false;
  @state() private checked: ReadonlyMap<string, CheckedRecipient> = new Map();
  @state() private isOutsideAgreed = false;
  @state() private isOutsideMissing = false;
  @state() private preview: LinkPreview | { readonly text: string } | null = null;
  @state() private isBusy = false;

  readonly #announcer = new Announcer(this);
  readonly #attempts = new LinkAttempts();
  readonly #sentLinks = ((element) =>
    new SentLinks({
      get links() {
        return element.links;
      },
      requestUpdate: () => element.requestUpdate(),
      problemOf: (error, recipient) => {
        const { list } = sendLinkCatalogue.for(element.#language.lang ?? 'en').words.sendLink;
        return ['offline', 'broker_down'].includes(error.code) ? list.unreachable : element.#textOf(error, recipient);
      },
    }))(this);
  readonly #language = new LanguageController(this, uploaderLanguages);

  constructor() {
    super();
    new SchemeController(this, () => this.app?.appearance?.scheme);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Nothing to send: what was sent is what there is to see.
    if (changed.has('links') && this.links && this.files.length === 0) void this.#sentLinks.read();
    if (changed.has('files')) this.#change({ files: this.files.map(({ id }) => id) });
    if (changed.has('app') && this.app?.links) this.#change({ days: this.app.links.default_days });
    if (changed.has('kept') && this.kept) this.#change(this.kept);
  }

  /** Drawn is the form, and not the place that is kept for its words. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDrawn = await super.getUpdateComplete();
    if (this.#language.lang !== null) return isDrawn;
    await this.#language.isHere;
    return super.getUpdateComplete();
  }

  /** Below a long list nobody would see that the form came. */
  protected override firstUpdated(): void {
    if (this.#isInside) this.scrollIntoView({ block: 'nearest' });
  }

  get #isInside(): boolean {
    return this.getRootNode() instanceof ShadowRoot;
  }

  /** To what it says first, once that is drawn. */
  override focus(): void {
    void this.#focus('#heading');
  }

  #change(draft: Partial<Draft>): void {
    this.draft = { ...this.draft, ...draft };
    if (draft.recipient !== undefined) this.isOutsideMissing = false;
    const faulty = this.failure && faultyField(this.failure);
    if (faulty && draft[faulty] !== undefined) this.failure = null;
    this.preview = null;
    // A problem goes away when it is mended, and none comes up while somebody still writes.
    const stillMissing = missingIn(this.draft);
    this.missing = this.missing.filter((field) => stillMissing.includes(field));
  }

  #tick(id: string, isOn: boolean): void {
    const { files } = this.draft;
    this.#change({
      files: this.files.map((file) => file.id).filter((other) => (other === id ? isOn : files.includes(other))),
    });
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.isBusy) return;
    this.failure = null;
    this.#announcer.hush();
    this.missing = missingIn(this.draft);
    if (this.missing.length === 0) void this.#send();
    else void this.#focusFaulty();
  };

  /** One link for each; what has gone out stays so where a later one is refused. */
  async #send(): Promise<void> {
    const { links } = this;
    if (!links) return;
    this.isBusy = true;
    try {
      await this.#check();
      const outside = this.#outside;
      if (this.#isRefused) return await this.#focus('#recipient');
      if (outside && !this.isOutsideAgreed) {
        this.isOutsideMissing = true;
        return await this.#focus('#outside');
      }
      for (const address of recipientsIn(this.draft)) {
        const isOutside = this.checked.get(address)?.external === true;
        const wish = wishOf(this.#mailDraft, address, Date.now());
        const { sha256, language } = outside ?? {};
        const consent = isOutside && sha256 && language ? { outside: { sha256, language } } : {};
        const attempt = this.#attempts.of({ ...wish, ...consent }, this.draft.days);
        const made = await links.makeLink(attempt.wish, attempt.key);
        this.#attempts.end(attempt);
        this.sent = [...this.sent, made];
        this.#change({
          recipient: recipientsIn(this.draft)
            .filter((other) => other !== address)
            .join(', '),
        });
        this.dispatchEvent(new LinkSentEvent({ id: made.link.id, reference: made.link.reference }));
      }
      this.isSent = true;
      await this.#focus('#heading');
    } catch (cause) {
      const failure = asUploadError(cause, 'broker_unexpected');
      if (await this.#isMetAtAddress(failure)) return;
      this.failure = failure;
      if (faultyField(failure)) return await this.#focusFaulty();
      const text = this.#problem;
      if (text !== null) this.#announcer.say({ text, isUrgent: true });
    } finally {
      this.isBusy = false;
    }
  }

  /** Asks what sending to each address would need. Where nobody answers, the broker says it when the link is made. */
  async #check(): Promise<void> {
    const { links } = this;
    const isNew = (address: string) => isRecipient(address) && !this.checked.has(address);
    const language = this.#language.lang ?? 'en';
    const found = await Promise.all(
      recipientsIn(this.draft)
        .filter(isNew)
        .map(
          async (address) =>
            [address, await links?.checkRecipient({ recipient: address, language }).catch(() => null)] as const,
        ),
    );
    const known = found.flatMap(([address, answer]) => (answer ? [[address, answer] as const] : []));
    if (known.length > 0) this.checked = new Map([...this.checked, ...known]);
  }

  /** What we were told of the address holds no more: told anew, there is something to say yes to, or whom to ask. */
  async #isMetAtAddress({ code }: UploadError): Promise<boolean> {
    if (code !== 'outside_consent_needed' && code !== 'not_allowed') return false;
    const [recipient] = recipientsIn(this.draft);
    this.checked = new Map([...this.checked].filter(([address]) => address !== recipient));
    await this.#check();
    if (this.#isRefused) {
      await this.#focus('#recipient');
      return true;
    }
    if (!this.#outside) return false;
    this.isOutsideAgreed = false;
    this.isOutsideMissing = true;
    await this.#focus('#outside');
    return true;
  }

  get #checkedNow(): readonly CheckedRecipient[] {
    return recipientsIn(this.draft).flatMap((address) => this.checked.get(address) ?? []);
  }

  get #isRefused(): boolean {
    return this.#checkedNow.some(({ allowed }) => !allowed);
  }

  get #outside(): NonNullable<CheckedRecipient['outside']> | null {
    return this.#checkedNow.find(({ outside }) => outside !== undefined)?.outside ?? null;
  }

  /** In the language that is shown to be chosen. */
  get #mailDraft(): Draft {
    const { draft } = this;
    return draft.language === '' ? { ...draft, language: langOf(this) } : draft;
  }

  readonly #togglePreview = async (): Promise<void> => {
    const [recipient] = recipientsIn(this.draft);
    const { words } = sendLinkCatalogue.for(this.#language.lang ?? 'en');
    if (this.preview !== null) this.preview = null;
    else if (missingIn(this.draft).length > 0 || recipient === undefined || !this.links) {
      this.preview = { text: words.sendLink.previewMissing };
    } else {
      try {
        this.preview = await this.links.previewLink(wishOf(this.#mailDraft, recipient, Date.now()));
      } catch (cause) {
        this.preview = { text: this.#textOf(asUploadError(cause, 'broker_unexpected'), recipient) };
      }
    }
  };

  readonly #showList = (): void => {
    this.isListed = true;
    void this.#sentLinks.read();
    void this.#focus('#heading');
  };

  readonly #hideList = (): void => {
    this.isListed = false;
    void this.#focus('#heading');
  };

  async #actOn(link: Link, act: LinkAct): Promise<void> {
    const { words } = sendLinkCatalogue.for(this.#language.lang ?? 'en');
    const { list } = words.sendLink;
    switch (act) {
      case 'take-back':
        this.#sentLinks.ask(link);
        return this.#focus('#ask');
      case 'renew':
        if (await this.#sentLinks.renew(link)) this.#announcer.say({ text: list.renewedNow(isolate(link.recipient)) });
        return;
      case 'other-address':
        this.isListed = false;
        this.isSent = false;
        this.#change({ recipient: '', purpose: link.purpose, files: [...link.files] });
        return this.#focus('#recipient');
      default:
        await this.#sentLinks.keep(link);
    }
  }

  async #answer(link: Link, isYes: boolean): Promise<void> {
    const { words } = sendLinkCatalogue.for(this.#language.lang ?? 'en');
    if (!isYes) this.#sentLinks.leave();
    else if (await this.#sentLinks.takeBack(link)) {
      this.#announcer.say({ text: words.sendLink.list.takenBackNow(isolate(link.recipient)) });
    }
    const row = `#link-${CSS.escape(link.id)}`;
    await this.#focus(`${row} button`, '#heading');
  }

  async #focusFaulty(): Promise<void> {
    const field = this.missing[0] ?? (this.failure && faultyField(this.failure));
    await this.#focus(`[name="${field}"]`);
  }

  /** The first of these that is there. */
  async #focus(...selectors: readonly string[]): Promise<void> {
    await this.updateComplete;
    for (const selector of selectors) {
      const found = this.renderRoot.querySelector<HTMLElement>(selector);
      if (found) return found.focus();
    }
  }

  /** Only a sign-in helps, and the page has a way to one. */
  get #goOn(): FormView['goOn'] {
    const { signIn, failure } = this;
    if (!signIn || !failure || !NEEDS_SIGN_IN.has(failure.code)) return null;
    return { start: () => signIn(this.draft), isStep: failure.code === 'stronger_sign_in' };
  }

  readonly #sendAnother = (): void => {
    this.sent = [];
    this.isSent = false;
    this.#change({ recipient: '' });
    void this.#focus('#heading');
  };

  /** What the broker said, in words. */
  get #problem(): string | null {
    const { failure } = this;
    return failure && this.#textOf(failure, recipientsIn(this.draft)[0] ?? '');
  }

  #textOf(error: UploadError, recipient: string): string {
    const { lang, words } = sendLinkCatalogue.for(this.#language.lang ?? 'en');
    const org = this.app?.org.name ?? '';
    return problemText(error, words.sendLink, formatsFor(lang), { org, recipient }, Date.now());
  }

  readonly #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  protected override render(): TemplateResult | typeof nothing {
    const { app } = this;
    if (!app?.links || this.#language.lang === null) return nothing;
    const {
      lang,
      words: { sendLink: words },
    } = sendLinkCatalogue.for(this.#language.lang);
    const formats = formatsFor(lang);
    const now = Date.now();
    const problem = this.#problem;
    const faulty = this.failure && faultyField(this.failure);
    const view: FormView = {
      words,
      formats,
      files: this.files,
      limits: app.links,
      org: app.org,
      draft: { ...this.draft, language: this.draft.language || lang },
      checked: this.checked,
      outside: this.#outside,
      isOutsideAgreed: this.isOutsideAgreed,
      isOutsideMissing: this.isOutsideMissing,
      before: this.isSent ? [] : this.sent.map(({ link }) => link.recipient),
      preview: this.preview,
      missing: this.missing,
      problem: faulty ? null : problem,
      fault: faulty && problem !== null ? { field: faulty, text: problem } : null,
      goOn: this.#goOn,
      isBusy: this.isBusy,
      now,
      agreeOutside: (isAgreed) => {
        this.isOutsideAgreed = isAgreed;
        if (isAgreed) this.isOutsideMissing = false;
      },
      checkRecipients: () => void this.#check(),
      togglePreview: () => void this.#togglePreview(),
      showList: this.#showList,
      change: (draft) => this.#change(draft),
      tick: (id, isOn) => this.#tick(id, isOn),
      submit: this.#submit,
    };
    return html`<div class="frame"><div part="card" class="card ${this.#isInside ? 'inside' : ''}" lang=${lang} dir=${directionOf(lang)}>
        ${this.isListed || this.files.length === 0 ? this.#listView(view) : this.isSent ? sentView(this.sent, view, { close: this.#close, another: this.#sendAnother }) : linkForm(view)}
      </div></div>
      ${liveRegions(lang)}`;
  }

  #listView({ words, formats, now }: FormView): TemplateResult {
    return linkList({
      words,
      formats,
      now,
      list: this.#sentLinks.list,
      sendable: new Set(this.files.map(({ id }) => id)),
      act: (link, act) => void this.#actOn(link, act),
      answer: (link, isYes) => void this.#answer(link, isYes),
      more: () => void this.#sentLinks.more(),
      again: () => void this.#sentLinks.read(),
      back: this.files.length === 0 ? null : this.#hideList,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'send-link': SendLink;
  }
}
