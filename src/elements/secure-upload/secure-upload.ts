import { LitElement, type TemplateResult } from 'lit';
import { composeUpload } from '../../compose/upload.ts';
import type { FirstLook, UploadParts } from '../../flow/first-look.ts';
import { NOTHING_YET } from '../../flow/first-snapshot.ts';
import { firstCatalogue } from '../../i18n/first-catalogue.ts';
import { firstStyles } from '../../styles/first.ts';
import { SchemeController, type SchemeSetting } from '../../styles/scheme.ts';
import { VERSION } from '../../version.ts';
import { boxView } from './box.ts';
import { BoxModel } from './box-model.ts';
import { brokerUrl, uploadPageOf } from './broker-url.ts';
import { isTouchDevice } from './environment.ts';
import { uploadStyles } from './secure-upload.styles.ts';

const trimmed = (text: string | null): string => text?.trim() ?? '';

/** Before this, a box that is not there yet is not worth a word. */
const LATE_MS = 400;
/** What comes within this is there at once for whoever looks. */
const SOON_MS = 100;

/**
 * @summary Takes files from people and sends them straight to the organisation's storage.
 *
 * @slot - A link to the hosted upload page; shown only where the box cannot load.
 * @slot heading - In the place of the heading's words.
 * @slot instructions - Under the heading while nothing is chosen.
 * @slot empty - In the place of "Drop files here, or", in the zone.
 * @slot footer - At the end of the card.
 * @fires upload-accepted - Files passed the policy; `preventDefault()` keeps them out.
 * @fires upload-rejected - Files broke a limit; nothing was sent for them.
 * @fires upload-progress - Bytes sent of the running batch.
 * @fires upload-done - Everything that could be uploaded is stored.
 * @fires upload-failed - Some files could not be uploaded.
 * @fires signed-in - Somebody signed in.
 * @fires signed-out - Nobody is signed in any more.
 * @fires link-sent - A link to the files went out.
 * @csspart card - The whole box.
 * @csspart heading - Its heading.
 * @csspart zone - Where files are dropped.
 * @csspart primary - The one filled button of a screen.
 * @csspart list - The chosen files.
 * @csspart row - One of them.
 * @csspart progress - A bar.
 * @csspart note - A coloured note.
 * @csspart ribbon - "Test mode".
 * @csspart person - Who is signed in.
 * @csspart promise - Who gets the files, for how long, where.
 * @csspart hint - What is accepted.
 * @csspart picture - The small picture of a file, or the sign of its kind.
 * @csspart status - What a row says about its file.
 * @csspart foot - The bar with the way on.
 * @csspart problem - What is wrong, beside what it is about.
 * @csspart reference - The reference after an upload.
 * @cssstate choosing - Files are chosen, and not sent.
 * @cssstate signing-in - The sign-in window is open, or must be opened again.
 * @cssstate uploading - Files are on their way.
 * @cssstate done - Everything is stored.
 * @cssstate failed - Some files could not be uploaded.
 * @cssstate invalid - A form asked, and may not be sent yet; until it may.
 * @cssproperty --su-accent - One brand colour; the words on it, links and bars are derived and stay readable.
 * @cssproperty --su-font - Family of the type; that of the page where absent.
 * @cssproperty --su-font-size - Size of the type; the person's own where absent.
 * @cssproperty --su-roundness - 0 square, 1 default, 2 round.
 * @cssproperty --su-padding - 0 within a card of the page's own.
 * @cssproperty --su-border - Width of the card's line, 0 for none.
 * @cssproperty --su-surface - Ground of the card.
 * @cssproperty --su-subtle - Ground of what is set apart in it.
 * @cssproperty --su-line - Lines between things.
 * @cssproperty --su-edge - Edges of what can be pressed.
 * @cssproperty --su-text - Words.
 * @cssproperty --su-muted - Words of less weight.
 * @cssproperty --su-ok - What went well.
 * @cssproperty --su-warn - What needs a look.
 * @cssproperty --su-bad - What went wrong.
 */
export class SecureUpload extends LitElement {
  /** Version of the script that it came with. */
  static readonly version = VERSION;
  static override readonly styles = [...firstStyles, uploadStyles];
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static readonly formAssociated = true;
  /** Not by decorators: their helpers would be a twentieth of the first paint. */
  static override readonly properties = {
    broker: {},
    app: { converter: trimmed },
    name: { reflect: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    folder: { converter: trimmed },
    context: {},
    scheme: {},
    startBy: { attribute: 'start' },
    submitBy: { attribute: 'submit' },
    signInBy: { attribute: 'sign-in' },
  };
  /** Where flows come from: with a first look, or at once. */
  static compose: (place: { broker: URL; app: string }) => FirstLook | UploadParts = composeUpload;

  /** Address of the broker, https. */
  broker = '';
  /** Name of the app at the broker. */
  app = '';
  /** Name in a form: it then carries the ids of the uploads, and `<name>-receipt` their signed receipts. */
  name = '';
  /** In a form: it is not valid before at least one file is uploaded. */
  required = false;
  /** Nothing can be chosen or sent; so it is too in a fieldset that is switched off. */
  disabled = false;
  /** Id of a folder that the files go to. */
  folder = '';
  /** A label for the page's own use, as JSON `{"case": "4711"}` or as an object. Never authority. */
  context: string | Readonly<Record<string, string>> = '';
  /** `light`, `dark`, or `page` to follow the page even where the app says otherwise. */
  scheme: SchemeSetting = '';
  /** Whether files wait for a press on "Upload". Where absent: `auto` in a form, else as the app says. */
  startBy: 'button' | 'auto' | '' = '';
  /** A form that is submitted while files are on their way is refused with the reason, or with `wait` held until they are uploaded. */
  submitBy: 'refuse' | 'wait' | '' = '';
  /** `redirect`: the page goes to the sign-in and comes back, for pages that no window can answer. Signing in then comes before choosing. */
  signInBy: 'redirect' | '' = '';

  readonly #internals = this.attachInternals();
  readonly #box = new BoxModel(this, () => ({
    isOff: this.#isOff,
    isInForm: this.#isInForm,
    leavesToSignIn: this.signInBy === 'redirect',
  }));
  #isOffByFieldset = false;
  /** The attributes that the flow was made for. */
  #place = '';
  #late: ReturnType<typeof setTimeout> | undefined;
  #isLate = false;

  constructor() {
    super();
    new SchemeController(this, () => this.scheme || this.#box.flow.snapshot.app?.appearance?.scheme);
  }

  override connectedCallback(): void {
    // The app document is on its way while styles are read and the first draw is made. A page that names no app yet may
    // do so until then.
    if (this.broker && this.app) this.#compose();
    super.connectedCallback();
    this.#late = setTimeout(() => {
      this.#isLate = true;
      this.requestUpdate();
    }, LATE_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#late);
  }

  formAssociatedCallback(): void {
    this.requestUpdate();
  }

  formDisabledCallback(isDisabled: boolean): void {
    this.#isOffByFieldset = isDisabled;
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.reset();
  }

  /** After Back, Forward or a reload. */
  formStateRestoreCallback(kept: unknown): void {
    this.#box.patch({ kept });
  }

  /** Opens the picker. Like any picker it needs a press of the person. */
  open(): void {
    this.#box.pick('files');
  }

  /** Sends what is chosen; within a press, because the sign-in window may open. */
  get start(): () => void {
    return () => this.#box.flow.use((flow) => flow.upload());
  }

  /** Some frameworks write a property where the page says `start="auto"`; without this they would lose the verb. */
  set start(by: 'button' | 'auto' | '') {
    this.startBy = by;
  }

  /** Stops what is under way; the files stay chosen. */
  cancel(): void {
    this.#box.flow.flow?.cancelAll();
  }

  /** Empties the list; whoever is signed in stays so. */
  reset(): void {
    this.#box.flow.open?.reset();
  }

  /** Opens the sign-in window; within a press. */
  signIn(): void {
    this.#box.firstActs.signIn();
  }

  /** Stops what is under way and ends the session. Resolves also where the broker cannot be reached. */
  async signOut(): Promise<void> {
    await this.#box.flow.flow?.signOut();
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  /** Where a flow is there from the start, drawn is what it shows, and not what comes before it. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const isDrawn = await super.getUpdateComplete();
    return (await this.#box.flow.isComing) ? super.getUpdateComplete() : isDrawn;
  }

  /**
   * The first draw is a task of its own, so that the page can answer between it and the start of the script. It waits a
   * moment for the app document: a card with nothing in it, and its frame, would be in the way of the box.
   */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) {
      const { flow, language } = this.#box;
      const isAsked = flow.answer !== null;
      const atLast = new Promise((resolve) => setTimeout(resolve, isAsked ? SOON_MS : 0));
      await (isAsked ? Promise.race([atLast, Promise.all([flow.answer, language.isHere])]) : atLast);
    }
    super.scheduleUpdate();
  }

  protected override willUpdate(): void {
    this.#compose();
    this.#box.flow.open?.configure();
  }

  protected override updated(): void {
    const { open } = this.#box.flow;
    const lang = this.#box.language.lang ?? 'en';
    if (open) open.inForm(this.#internals, lang);
    else {
      // Nothing can be chosen yet.
      this.#internals.setFormValue(null);
      const { words } = firstCatalogue.for(lang).words;
      if (this.required) this.#internals.setValidity({ valueMissing: true }, words.fileMissing, this.#box.formAnchor);
      else this.#internals.setValidity({});
    }
  }

  protected override render(): TemplateResult {
    const spoken = this.#box.language.lang;
    const { lang, words: catalogue } = firstCatalogue.for(spoken ?? 'en');
    return boxView({
      snapshot: spoken === null ? NOTHING_YET : this.#box.flow.snapshot,
      view: this.#box.view ?? this.#box.first,
      words: catalogue.words,
      lang,
      isTouch: isTouchDevice(),
      isOff: this.#isOff,
      isLate: this.#isLate && spoken !== null,
      uploadPage: spoken === null ? null : uploadPageOf(this),
      picked: this.#box.ways.picked,
    });
  }

  /** Anew where the attributes name another app. */
  #compose(): void {
    const place = JSON.stringify([this.broker, this.app]);
    if (place === this.#place) return;
    this.#place = place;
    const broker = brokerUrl(this.broker);
    const made = broker && this.app ? SecureUpload.compose({ broker, app: this.app }) : null;
    this.#box.flow.begin(made);
  }

  get #isOff(): boolean {
    return this.disabled || this.#isOffByFieldset;
  }

  get #isInForm(): boolean {
    return this.form !== null && this.name !== '';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'secure-upload': SecureUpload;
  }
}
