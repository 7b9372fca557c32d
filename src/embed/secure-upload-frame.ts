import type { FrameFile, FromFrame, Said } from '../contract/embed.ts';
import { FrameUploadDoneEvent, FrameUploadFailedEvent, FrameUploadRejectedEvent } from '../events.ts';
import { silentHint, tagHint } from './hints.ts';
import { filesOf, stateOf } from './kept-files.ts';
import { PageSide } from './page-side.ts';
import { settingsOf } from './settings.ts';

/** A box in a frame that is silent for longer is not there: the page or the broker's list keeps it out. */
const SILENT_MS = 10_000;
/** px. About what the box takes before anything is chosen, so that little moves when it comes. */
const FIRST_HEIGHT = 390;

/** Where a page is made on a server there are no elements; importing this does no harm there. */
const PageElement = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

const STYLES = `
:host { display: block }
:host([hidden]), [hidden] { display: none }
iframe { display: block; inline-size: 100%; block-size: ${FIRST_HEIGHT}px; border: 0; background: none }
.silent { visibility: hidden }
`;
let sheet: CSSStyleSheet | undefined;

/**
 * @summary The box of `<secure-upload>` in a frame of the broker's, where scripts of the page cannot reach it.
 *
 * @attr {string} broker - Address of the broker, for example `https://broker.example`.
 * @attr {string} app - Name of the app at the broker.
 * @attr {string} name - In a form: carries the ids of the uploads, and `{name}-receipt` their signed receipts.
 * @attr {boolean} required - The form waits for at least one upload.
 * @attr {boolean} disabled - Switched off by the page.
 * @attr {string} folder - For files of several boxes of one page: which box they came from.
 * @attr {string} context - JSON object of short texts that the owner sees with each file.
 * @attr {'light' | 'dark'} scheme - Light or dark whatever the page is; absent: as the page.
 * @attr {string} lang - Language; that of the nearest element with one where absent.
 *
 * @slot - A link to the hosted upload page; shown only where the frame cannot load. Its words name the frame.
 * @fires frame-upload-done - Everything that could be uploaded is stored.
 * @fires frame-upload-rejected - Files broke a limit; nothing was sent for them.
 * @fires frame-upload-failed - Some files could not be uploaded.
 * @csspart frame - The frame.
 */
export class SecureUploadFrame extends PageElement {
  static readonly formAssociated = true;
  static readonly observedAttributes = [
    'broker',
    'app',
    'name',
    'required',
    'disabled',
    'folder',
    'context',
    'scheme',
    'lang',
  ];

  readonly #internals = this.attachInternals();
  readonly #frame = document.createElement('iframe');
  readonly #link = document.createElement('slot');
  readonly #watch = new MutationObserver(() => this.#tell());
  #side: PageSide | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = '';
  /** What the form held when its page was left; the next box in the frame takes it over. */
  #kept: readonly FrameFile[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
    }
    root.adoptedStyleSheets = [sheet];
    this.#frame.part.add('frame');
    this.#frame.allow = 'clipboard-write; screen-wake-lock';
    this.#frame.addEventListener('load', () => this.#greet());
    root.append(this.#frame, this.#link);
    this.addEventListener('invalid', () => this.#side?.tell({ type: 'refused' }));
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

  connectedCallback(): void {
    for (const place of [document.documentElement, document.body]) this.#watch.observe(place, { attributes: true });
    addEventListener('resize', this.#tell);
    this.#open();
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    removeEventListener('resize', this.#tell);
    this.#close();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (name === 'broker' || name === 'app') {
      this.#kept = [];
      this.#open();
    } else this.#tell();
  }

  formAssociatedCallback(): void {
    this.#tell();
  }

  formDisabledCallback(): void {
    this.#tell();
  }

  /** After Back, Forward or a reload. */
  formStateRestoreCallback(state: unknown): void {
    this.#kept = filesOf(state, this.#place);
    if (this.#kept.length === 0 || !this.#side) return;
    // A box that has been greeted takes nothing over any more.
    if (this.#told) this.#open();
    this.#setFiles(this.#kept);
  }

  formResetCallback(): void {
    this.#kept = [];
    this.#setFiles([]);
    this.#side?.tell({ type: 'reset' });
  }

  #open(): void {
    this.#close();
    const [broker, app] = this.#place;
    const address = frameAddress(broker, app);
    if (!address) {
      this.#show(false);
      // A script may write one attribute after the other.
      this.#timer = setTimeout(() => console.warn(tagHint(broker, app)));
      return;
    }
    this.#side = new PageSide({
      win: window,
      frame: this.#frame,
      origin: address.origin,
      heard: (message) => this.#heard(message),
    });
    const { lang, scheme } = settingsOf(this);
    address.searchParams.set('lang', lang);
    address.searchParams.set('scheme', scheme);
    this.#show(true);
    // What does not speak may be a browser's own page about an error.
    this.#frame.classList.add('silent');
    this.#frame.title = this.textContent.trim() || address.host;
    this.#frame.style.colorScheme = scheme;
    this.#frame.src = address.href;
    this.#timer = setTimeout(() => {
      this.#show(false);
      console.warn(silentHint(address, app));
    }, SILENT_MS);
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#side?.end();
    this.#side = null;
    this.#internals.setFormValue(null);
    this.#internals.setValidity({});
  }

  /** Each document in the frame is a new box, with nothing in it yet. */
  #greet(): void {
    this.#setFiles(this.#kept);
    const settings = settingsOf(this);
    this.#told = JSON.stringify(settings);
    this.#side?.greet(settings, this.#kept);
  }

  readonly #tell = (): void => {
    const settings = settingsOf(this);
    const told = JSON.stringify(settings);
    if (told === this.#told || !this.#side) return;
    this.#told = told;
    this.#frame.style.colorScheme = settings.scheme;
    this.#side.tell({ type: 'settings', settings });
  };

  #show(isThere: boolean): void {
    this.#frame.hidden = !isThere;
    this.#link.hidden = isThere;
  }

  #heard(message: Said<FromFrame>): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(this.#timer);
        this.#show(true);
        this.#frame.classList.remove('silent');
        this.#kept = [];
        this.#told = '';
        this.#tell();
        return;
      case 'height':
        this.#frame.style.blockSize = `${message.px}px`;
        return;
      case 'form':
        this.#setForm(message);
        return;
      case 'done':
        this.dispatchEvent(new FrameUploadDoneEvent({ reference: message.reference, files: message.files }));
        return;
      case 'rejected':
        this.dispatchEvent(new FrameUploadRejectedEvent({ codes: message.codes }));
        return;
      case 'failed':
        this.dispatchEvent(new FrameUploadFailedEvent({ codes: message.codes }));
    }
  }

  #setForm({ files, invalid }: Extract<Said<FromFrame>, { type: 'form' }>): void {
    this.#setFiles(files);
    if (!invalid) this.#internals.setValidity({});
    else {
      const flags = invalid.kind === 'missing' ? { valueMissing: true } : { customError: true };
      this.#internals.setValidity(flags, invalid.message, this.#frame);
    }
  }

  #setFiles(files: readonly FrameFile[]): void {
    const name = this.getAttribute('name') ?? '';
    const value = new FormData();
    for (const file of name ? files : []) {
      value.append(name, file.id);
      value.append(`${name}-receipt`, file.receipt);
    }
    const isValue = name !== '' && files.length > 0;
    this.#internals.setFormValue(isValue ? value : null, isValue ? stateOf(files, this.#place) : null);
  }

  get #place(): readonly [broker: string, app: string] {
    return [this.getAttribute('broker')?.trim() ?? '', this.getAttribute('app')?.trim() ?? ''];
  }
}

/** Null where there is no such broker: https, or http on this machine. */
function frameAddress(broker: string, app: string): URL | null {
  if (!broker || !app || !URL.canParse(broker)) return null;
  const { origin, protocol, hostname } = new URL(broker);
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$|\.localhost$/.test(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) return null;
  return new URL(`/embed/${encodeURIComponent(app)}`, origin);
}

declare global {
  interface HTMLElementTagNameMap {
    'secure-upload-frame': SecureUploadFrame;
  }
}
