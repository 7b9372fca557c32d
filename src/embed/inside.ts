import type { FrameFile, FrameSettings, FromFrame, Said } from '../contract/embed.ts';
import type { UploadDoneEvent, UploadFailedEvent, UploadRejectedEvent } from '../events.ts';
import { FrameSide } from './frame-side.ts';
import { provenFiles } from './proven-files.ts';

/** The box in the frame, as any page knows it. */
export interface Box extends HTMLElement {
  readonly broker: string;
  readonly app: string;
  scheme: string;
  name: string;
  required: boolean;
  disabled: boolean;
  folder: string;
  context: string | Readonly<Record<string, string>>;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  checkValidity(): boolean;
  addController(controller: { hostUpdated(): void }): void;
  /** What a browser gives back of a form that was left. */
  formStateRestoreCallback(state: string): void;
  reset(): void;
}

/** Name of the box in the form of the frame, which nobody submits: its value is what the page's form takes over. */
const NAME = 'files';
/** A list of thousands is drawn ten times a second while it is sent, and its value need not be read as often. */
const FORM_MS = 100;

/** Ties the box of `/embed/{app}` to the page around it. */
export class Inside {
  readonly #box: Box;
  readonly #form: HTMLFormElement;
  readonly #side: FrameSide;
  #isInForm = false;
  /** The box is about to have files again: until it has, the page's form holds them by itself. */
  #isRestoring = false;
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(box: Box, form: HTMLFormElement, outside: Window, origins: readonly string[]) {
    this.#box = box;
    this.#form = form;
    this.#side = new FrameSide({
      win: window,
      outside,
      origins,
      settings: (settings) => this.#take(settings),
      kept: (files) => void this.#restore(files),
      reset: () => {
        this.#isRestoring = false;
        box.reset();
      },
      // Tells the box, and takes no focus: the page's browser points at the frame.
      refused: () => box.checkValidity(),
      ready: () => this.#watch(),
    });
  }

  #take({ lang, scheme, viewport, inForm, required, disabled, folder, context }: FrameSettings): void {
    const { style } = document.documentElement;
    style.colorScheme = scheme;
    // The list in the box takes its share of the screen, which here only the page knows.
    style.setProperty('--_viewport', `${viewport}px`);
    const box = this.#box;
    box.lang = lang;
    box.required = inForm && required;
    box.disabled = disabled;
    box.folder = folder ?? '';
    box.context = context ?? '';
    box.name = inForm ? NAME : '';
    if (inForm) box.setAttribute('form', this.#form.id);
    this.#isInForm = inForm;
    this.#drawn();
  }

  async #restore(kept: readonly FrameFile[]): Promise<void> {
    this.#isRestoring = true;
    const box = this.#box;
    const files = await provenFiles(kept, box);
    if (!this.#isRestoring) return;
    this.#isRestoring = files.length > 0;
    // A receipt does not say when the file was changed: chosen once more, it is another one.
    const state = [1, box.broker, box.app, files.map((stored) => ({ stored, lastModified: 0 }))];
    box.formStateRestoreCallback(JSON.stringify(state));
    this.#drawn();
  }

  #watch(): void {
    // As high as it needs to be, the frame never scrolls; a bar that came for a moment would change its width.
    document.documentElement.style.overflow = 'clip';
    const content = this.#form.parentElement ?? document.body;
    new ResizeObserver(() => {
      this.#say({ type: 'height', px: Math.ceil(content.getBoundingClientRect().height) });
    }).observe(content);
    this.#box.addController({ hostUpdated: () => this.#drawn() });
    this.#box.addEventListener('upload-done', ({ detail: { reference, files } }: UploadDoneEvent) => {
      this.#say({ type: 'done', reference, files: files.map(({ id, receipt }) => ({ id, receipt })) });
    });
    this.#box.addEventListener('upload-rejected', ({ detail }: UploadRejectedEvent) => {
      this.#say({ type: 'rejected', codes: detail.files.map(({ code }) => code) });
    });
    this.#box.addEventListener('upload-failed', ({ detail }: UploadFailedEvent) => {
      this.#say({ type: 'failed', codes: detail.files.map(({ code }) => code) });
    });
  }

  #drawn(): void {
    if (!this.#isInForm) return;
    // After the box has set its value, which it does when it was drawn.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sayForm();
    }, FORM_MS);
  }

  #sayForm(): void {
    const data = new FormData(this.#form);
    const receipts = data.getAll(`${NAME}-receipt`).map(String);
    const files = data.getAll(NAME).map((id, i) => ({ id: String(id), receipt: receipts[i] ?? '' }));
    if (this.#isRestoring && files.length === 0) return;
    this.#isRestoring = false;
    const { validity, validationMessage: message } = this.#box;
    const kind: 'missing' | 'busy' = validity.valueMissing ? 'missing' : 'busy';
    const said = { type: 'form', files, invalid: validity.valid ? null : { kind, message } } as const;
    const told = JSON.stringify([files.map(({ id }) => id), said.invalid]);
    if (told === this.#told) return;
    this.#told = told;
    this.#say(said);
  }

  #say(said: Said<FromFrame>): void {
    this.#side.say(said);
  }
}
