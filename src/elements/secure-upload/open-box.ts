import { adoptStyles } from 'lit';
import type { UploadParts } from '../../flow/first-look.ts';
import type { FirstSnapshot } from '../../flow/first-snapshot.ts';
import type { ChosenFile } from '../../flow/item-list.ts';
import { NO_APP } from '../../flow/no-app.ts';
import type { UploadSnapshot } from '../../flow/upload-snapshot.ts';
import { formatsFor } from '../../i18n/format.ts';
import { uploadCatalogue } from '../../i18n/upload-catalogue.ts';
import { Announcer } from '../announcer.ts';
import { FocusKeeper } from '../focus-keeper.ts';
import { loadListFor } from '../late-list.ts';
import { actsFor } from './acts.ts';
import { agreeTarget } from './agree.ts';
import { Announcements } from './announcements.ts';
import type { BoxFacts } from './box-facts.ts';
import { uploadPageOf } from './broker-url.ts';
import { ComingBack } from './coming-back.ts';
import type { Desk } from './desk.ts';
import { isTouchDevice } from './environment.ts';
import { codesOfEnd, isWorthALook } from './for-builders.ts';
import { FormHold, type InForm } from './form-hold.ts';
import { FormMemory, keptIn } from './form-memory.ts';
import { formHoldText } from './form-note.ts';
import { showStates } from './form-states.ts';
import { formFault, setFormState } from './form-value.ts';
import { allStyles } from './late.styles.ts';
import { lateTemplates } from './late-templates.ts';
import { LINKS_SENT } from './links-sent.ts';
import { page } from './page.ts';
import { pickWithHandles } from './pick-with-handles.ts';
import type { Acts, FirstActs } from './presses.ts';
import { unwelcomeKinds } from './problem-text.ts';
import { forwardEvents } from './public-events.ts';
import { type SettingsHost, settingsOf } from './settings.ts';
import type { Setup } from './setup.ts';
import type { Pasted } from './slips.ts';
import type { FirstView, LateTemplates, View } from './view.ts';
import { type FilesTarget, WaysIn } from './ways-in.ts';
import { WhileSending } from './while-sending.ts';

/** The element, as far as the rest of the box knows it. */
export type BoxHost = InForm & Pasted & SettingsHost;

interface BoxDesk extends Desk {
  readonly firstActs: FirstActs;
  readonly language: { readonly lang: string | null };
  readonly flow: { hint(act: (setup: Setup) => unknown, code?: string): void };
}

/** What takes as long as this is worth a pause. */
const LONG_MS = 60_000;

const quiet = (): void => {};

/** Everything of a box that its first paint does not need: what a change of the flow means, and what is drawn of it. */
export class OpenBox {
  readonly parts: UploadParts;
  readonly announcer: Announcer;
  readonly ways: WaysIn;
  /** What draws the files that are there from the start is loaded. */
  readonly isReady: Promise<void> | null;
  readonly #host: BoxHost;
  readonly #desk: BoxDesk;
  readonly #facts: () => BoxFacts;
  /** What was last heard of the flow. */
  #before: UploadSnapshot;
  #settings = '';
  readonly #acts: Acts;
  readonly #sending: WhileSending;
  readonly #comingBack = new ComingBack((isBack) => this.#cameBack(isBack));
  readonly #formHold: FormHold;
  readonly #formMemory = new FormMemory();
  readonly #focusKeeper: FocusKeeper;
  #wasFoundInvalid = false;
  readonly #announcements = new Announcements();
  readonly #listening = new AbortController();

  constructor(
    host: BoxHost,
    desk: BoxDesk,
    parts: UploadParts,
    { before, facts }: { readonly before: FirstSnapshot | undefined; readonly facts: () => BoxFacts },
  ) {
    this.#host = host;
    this.#desk = desk;
    this.parts = parts;
    this.#facts = facts;
    this.#before = { ...NO_APP, ...before, unfinished: NO_APP.unfinished };
    this.#focusKeeper = new FocusKeeper(host, () => this.#stepStart);
    this.#acts = actsFor(desk, this.#focusKeeper, desk.firstActs);
    if (host.shadowRoot) adoptStyles(host.shadowRoot, allStyles);
    this.announcer = new Announcer(host);
    this.ways = new WaysIn(host, waysTarget(desk));
    this.#sending = new WhileSending(host, isTouchDevice);
    this.#formHold = new FormHold(host, parts.flow, (hold) => this.#showHold(hold));
    host.addEventListener('invalid', () => this.#markInvalid(), { signal: this.#listening.signal });
    forwardEvents(parts.flow, host, this.#listening.signal);
    if (page.place().hash === LINKS_SENT && (before ?? parts.flow.snapshot).app?.links) this.#acts.listLinks();
    if (page.isFramed()) {
      const { signal } = this.#listening;
      void import('./leave-frame.ts').then(({ leaveFrame }) => leaveFrame(host, signal), quiet);
    }
    this.configure();
    this.isReady = loadListFor(parts.flow.snapshot.items.length);
  }

  /** Where they are very many, what draws them comes first. */
  async accept(files: readonly (File | ChosenFile)[]): Promise<void> {
    const { flow } = this.parts;
    const coming = loadListFor(flow.snapshot.items.length + files.length);
    if (coming) await coming;
    await flow.accept(files);
  }

  /** Each change of the flow draws the element, which calls this: only what differs goes on. */
  configure(): void {
    const settings = settingsOf(this.#host, this.#facts(), this.#desk.language.lang ?? 'en');
    const told = JSON.stringify(settings);
    if (told === this.#settings) return;
    this.#settings = told;
    this.parts.flow.configure(settings);
  }

  view(first: FirstView): View {
    const { words: catalogue } = uploadCatalogue.for(first.lang);
    const { required: isRequired, submitBy } = this.#host;
    const { snapshot } = this.parts.flow;
    const { words } = catalogue;
    const fault = () => formFault({ isRequired, mayWait: submitBy === 'wait', snapshot, words })[1];
    const view = {
      ...first,
      ...this.parts,
      snapshot,
      acts: this.#acts,
      catalogue,
      words,
      families: catalogue.families,
      // What is drawn already stays as it is, and waits for no formatter of `Intl`.
      formats: { ...formatsFor(first.lang), ...first.formats },
      now: Date.now(),
      isAwake: this.#sending.isAwake,
      formFault: this.#wasFoundInvalid ? fault() : '',
      isFramed: page.isFramed(),
      isInApp: page.isInApp(),
      uploadPage: uploadPageOf(this.#host),
      get late(): LateTemplates {
        return lateTemplates(this);
      },
    };
    return view;
  }

  /** Where the next step begins, in the order of the page. Where all files were refused, that is the first of them. */
  get #stepStart(): HTMLElement | null {
    const places = ['[data-focus]', '#add-more', '#choose', '.row .remove', '#heading'];
    return places.flatMap((place) => this.#desk.find(place) ?? [])[0] ?? null;
  }

  /** Within the person's click. Opens a picker whose files can be found again later; false where there is none. */
  pickFiles(): boolean {
    const { app } = this.parts.flow.snapshot;
    return app !== null && pickWithHandles(app, this.#desk);
  }

  changed(): void {
    const before = this.#before;
    const { snapshot } = this.parts.flow;
    if (snapshot === before) return;
    this.#before = snapshot;
    this.#comingBack.changed(snapshot);
    this.#sending.set(snapshot.phase === 'uploading', snapshot.isPaused);
    if (snapshot.phase !== before.phase) {
      const linkDraft = ['signing-in', 'done'].includes(snapshot.phase)
        ? (this.#desk.view?.ui.linkDraft ?? null)
        : null;
      const isSendingLink = snapshot.phase === 'done' && linkDraft !== null;
      this.#desk.patch({ asking: null, copied: null, isSendingLink, areLinksLost: false, linkDraft, takesLong: false });
      if (!['choosing', 'signing-in'].includes(snapshot.phase)) this.#desk.patch({ isListingLinks: false });
    }
    // It stays so for the batch: a button that comes and goes cannot be pressed.
    if ((snapshot.msLeft ?? 0) >= LONG_MS) this.#desk.patch({ takesLong: true });
    if (snapshot.signInNote !== before.signInNote) this.#desk.patch({ isNoteClosed: false });
    if (snapshot.phase !== before.phase || snapshot.isPaused !== before.isPaused) this.announcer.hush();
    const { view } = this.#desk;
    if (view) for (const announcement of this.#announcements.of(before, view)) this.announcer.say(announcement);
    if (snapshot.agreement.calls > before.agreement.calls) void this.#showAgreement();
    this.#tellBuilders(before, snapshot);
  }

  /** Nothing is sent before the person has looked there. */
  async #showAgreement(): Promise<void> {
    await this.#host.updateComplete;
    const { view } = this.#desk;
    if (view) this.#desk.find(agreeTarget(view))?.focus();
  }

  /** Tells the form what the box has for it now, in the language of the box. */
  inForm(internals: ElementInternals, lang: string): void {
    const { name, required: isRequired, submitBy, broker, app } = this.#host;
    const place = [broker, app] as const;
    const { flow } = this.parts;
    const kept = this.#desk.view?.ui.kept;
    if (kept !== undefined) {
      this.#desk.patch({ kept: undefined });
      if (name) flow.restore(keptIn(kept, place, Date.now()));
    }
    setFormState(internals, {
      name,
      isRequired,
      mayWait: submitBy === 'wait',
      snapshot: flow.snapshot,
      state: name ? this.#formMemory.stateOf(flow.snapshot.items, place) : null,
      words: uploadCatalogue.for(lang).words.words,
      anchor: this.#desk.formAnchor,
    });
    this.#wasFoundInvalid &&= !internals.validity.valid;
    this.#formHold.look(this.#desk.view?.ui.formHold ?? null);
    showStates(internals, this.parts.flow.snapshot, this.#wasFoundInvalid);
    this.#describeChoose();
  }

  /** Its description is of the first paint, which knows of no refused form. */
  #describeChoose(): void {
    const button = this.#desk.find('#choose');
    const ids = (button?.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id && id !== 'form-fault');
    if (this.#wasFoundInvalid) ids.unshift('form-fault');
    if (ids.length > 0) button?.setAttribute('aria-describedby', ids.join(' '));
    else button?.removeAttribute('aria-describedby');
  }

  /** What a form has said before is over, too. */
  reset(): void {
    this.#wasFoundInvalid = false;
    this.parts.flow.reset();
    this.#host.requestUpdate();
  }

  #showHold(formHold: View['ui']['formHold']): void {
    const { view } = this.#desk;
    if (view?.ui.formHold === formHold) return;
    this.#desk.patch({ formHold });
    if (view && formHold) this.announcer.say({ text: formHoldText(view, formHold), isUrgent: formHold === 'not-sent' });
  }

  /** From the first time that a form asked until it is put right, as `:user-invalid` does. */
  #markInvalid(): void {
    this.#wasFoundInvalid = true;
    this.#host.requestUpdate();
  }

  #tellBuilders(before: UploadSnapshot, snapshot: UploadSnapshot): void {
    const { flow } = this.#desk;
    if (snapshot.app !== before.app && isWorthALook(this.#host, snapshot)) flow.hint((setup) => setup.look());
    if (snapshot.signInNote === 'popup-blocked' && before.signInNote !== 'popup-blocked') {
      flow.hint((setup) => setup.tell('popup_blocked'), 'popup_blocked');
    }
    for (const code of codesOfEnd(before, snapshot)) {
      flow.hint(async (setup) => {
        if ((await setup.tell(code)) === 'blocked_page') this.#desk.patch({ isPageBlocking: true });
      }, code);
    }
  }

  #cameBack(isBack: boolean): void {
    this.#desk.patch({ isBack });
    const { view } = this.#desk;
    if (isBack && view) this.announcer.say({ text: view.words.back });
  }

  /** Another flow takes its place. */
  end(): void {
    this.#listening.abort();
    this.#comingBack.stop();
    this.#sending.set(false);
    this.#host.removeController(this.#sending);
    this.#formHold.hostDisconnected();
    this.#host.removeController(this.#formHold);
    this.#host.removeController(this.#focusKeeper);
    this.ways.hostDisconnected();
    this.#host.removeController(this.ways);
    this.announcer.hostDisconnected();
    this.#host.removeController(this.announcer);
    this.parts.flow.close();
  }
}

function waysTarget(desk: Desk): FilesTarget {
  return {
    get takesFiles() {
      return desk.takesFiles;
    },
    get takesFolders() {
      return desk.view?.app.folders ?? false;
    },
    get screenshot() {
      return desk.view?.words.screenshot;
    },
    accept: (files) => desk.accept(files),
    patch: (ui) => desk.patch(ui),
    refusedKinds: (types) => desk.view && unwelcomeKinds(desk.view, types),
  };
}
