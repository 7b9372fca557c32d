import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { AppDocument } from '../../contract/app.ts';
import type { MadeLink } from '../../contract/links.ts';
import type { StoredFile } from '../../contract/uploads.ts';
import { asUploadError, type UploadError } from '../../errors.ts';
import { LinkSentEvent } from '../../events.ts';
import type { LinkMaker } from '../../flow/ports.ts';
import { formatsFor } from '../../i18n/format.ts';
import { directionOf, langOf } from '../../i18n/messages.ts';
import { formatReference, isolate } from '../../i18n/names.ts';
import { sendLinkCatalogue } from '../../i18n/send-link-catalogue.ts';
import { uploaderLanguages } from '../../i18n/uploader-languages.ts';
import { boxStyles } from '../../styles/index.ts';
import { SchemeController } from '../../styles/scheme.ts';
import { Announcer } from '../announcer.ts';
import { icon } from '../icons.ts';
import { LanguageController } from '../language.ts';
import { liveRegions } from '../live-regions.ts';
import { type Draft, expiryOf, type Field, missingIn } from './draft.ts';
import { type FormView, linkForm } from './form.ts';
import { problemText } from './problem-text.ts';
import { styles } from './send-link.styles.ts';

const NEEDS_SIGN_IN: ReadonlySet<string> = new Set(['stronger_sign_in', 'sign_in_ended', 'sign_in_needed']);

/**
 * @summary Sends uploaded files to one person by a one-time link.
 *
 * @fires link-sent - LinkSentEvent: the mail with the link is on its way
 * @fires close - The person pressed Done
 *
 * @csspart card - The form
 * @csspart heading - Its heading
 * @csspart primary - The main button
 * @csspart field - A field
 * @csspart note - The message that the link is on its way
 * @csspart problem - What is wrong, beside what it is about
 *
 * @cssproperty --su-accent - Brand colour; text on it and links are derived
 * @cssproperty --su-font - Font family
 * @cssproperty --su-roundness - 0 square, 1 default, 2 round
 */
export class SendLink extends LitElement {
  static override readonly styles = [...boxStyles, styles];

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

  @state() private draft: Draft = { files: [], recipient: '', purpose: '', days: 0 };
  @state() private missing: readonly Field[] = [];
  @state() private failure: UploadError | null = null;
  @state() private sent: MadeLink | null = null;
  @state() private isBusy = false;

  readonly #announcer = new Announcer(this);
  readonly #language = new LanguageController(this, uploaderLanguages);

  constructor() {
    super();
    new SchemeController(this, () => this.app?.appearance?.scheme);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
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

  #change(draft: Partial<Draft>): void {
    this.draft = { ...this.draft, ...draft };
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
    else void this.#focusMissing();
  };

  async #send(): Promise<void> {
    if (!this.links) return;
    const { files, recipient, purpose, days } = this.draft;
    this.isBusy = true;
    try {
      const made = await this.links.makeLink({
        files: [...files],
        recipient: recipient.trim(),
        purpose: purpose.trim(),
        expires_at: expiryOf(days, Date.now()),
        language: langOf(this),
      });
      this.sent = made;
      this.dispatchEvent(new LinkSentEvent({ id: made.link.id, reference: made.link.reference }));
      await this.#focusHeading();
    } catch (cause) {
      this.failure = asUploadError(cause, 'broker_unexpected');
      const text = this.#problem;
      if (text !== null) this.#announcer.say({ text, isUrgent: true });
    } finally {
      this.isBusy = false;
    }
  }

  async #focusMissing(): Promise<void> {
    await this.updateComplete;
    const [first] = this.missing;
    this.renderRoot.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  async #focusHeading(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('#heading')?.focus();
  }

  /** Only a sign-in helps, and the page has a way to one. */
  get #goOn(): (() => void) | null {
    const { signIn, failure } = this;
    if (!signIn || !failure || !NEEDS_SIGN_IN.has(failure.code)) return null;
    return () => signIn(this.draft);
  }

  readonly #sendAnother = (): void => {
    this.sent = null;
    this.#change({ recipient: '' });
    void this.#focusHeading();
  };

  /** What the broker said, in words. */
  get #problem(): string | null {
    const { app, failure } = this;
    if (!app || !failure) return null;
    const { lang, words } = sendLinkCatalogue.for(this.#language.lang ?? 'en');
    return problemText(
      failure,
      words.sendLink,
      formatsFor(lang),
      { org: app.org.name, recipient: this.draft.recipient.trim() },
      Date.now(),
    );
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
    const view: FormView = {
      words,
      formats,
      files: this.files,
      limits: app.links,
      draft: this.draft,
      missing: this.missing,
      problem,
      goOn: this.#goOn,
      isBusy: this.isBusy,
      now,
      change: (draft) => this.#change(draft),
      tick: (id, isOn) => this.#tick(id, isOn),
      submit: this.#submit,
    };
    return html`<div class="frame"><div part="card" class="card ${this.#isInside ? 'inside' : ''}" lang=${lang} dir=${directionOf(lang)}>
        ${this.sent ? this.#sentView(this.sent, view) : linkForm(view)}
      </div></div>
      ${liveRegions(lang)}`;
  }

  #sentView({ link, mail_from }: MadeLink, { words, formats, now }: FormView): TemplateResult {
    const until = formats.future(link.expires_at, now);
    const reference = isolate(formatReference(link.reference));
    return html`<div part="note" class="note ok">
        ${icon('check')}
        <h2 part="heading" class="sub-heading" id="heading" tabindex="-1">${words.sent(isolate(link.recipient))}</h2>
        <p class="small">${words.sentText(until, isolate(mail_from), reference)}</p>
      </div>
      <div class="buttons">
        <button part="primary" class="button primary" type="button" @click=${this.#close}>${words.done}</button>
        <button class="button" type="button" @click=${this.#sendAnother}>${words.another}</button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'send-link': SendLink;
  }
}
