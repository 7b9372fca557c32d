import { adoptStyles, type LitElement, type TemplateResult } from 'lit';
import { ConsentDeclinedEvent, ConsentGivenEvent, FileClaimedEvent } from '../../events.ts';
import type { Away } from '../../flow/recipient-account.ts';
import type { RecipientFlowEvents } from '../../flow/recipient-events.ts';
import type { RecipientSteps } from '../../flow/recipient-flow.ts';
import type { RecipientSnapshot } from '../../flow/recipient-snapshot.ts';
import { recipientCatalogue } from '../../i18n/recipient-catalogue.ts';
import { Announcer } from '../announcer.ts';
import { announce } from './announcements.ts';
import { takeCodeInput } from './code-field.ts';
import { allStyles } from './late.styles.ts';
import { problemLine } from './problem-text.ts';
import { screen, screenName } from './screens.ts';
import type { Acts, FirstView, Ui, View } from './view.ts';

/** What the rest of the page asks of its element. */
export interface Desk {
  /** What the cover is drawn from. */
  readonly view: FirstView;
  /** Where a screen begins for whoever came to it by an act of theirs. */
  readonly start: HTMLElement | null;
  patch(ui: Partial<Ui>): void;
  input(id: string): HTMLInputElement | null;
  forgetToken(): void;
}

/** Everything of a page that the cover does not need: what can be done after it, what that shows and what it tells. */
export class OpenPage {
  readonly #host: LitElement;
  readonly #desk: Desk;
  readonly #steps: RecipientSteps;
  readonly #announcer: Announcer;
  readonly #listening = new AbortController();
  /** Digits in the code field before the last input. */
  #digits = '';
  #language = '';

  constructor(host: LitElement, desk: Desk, steps: RecipientSteps) {
    this.#host = host;
    this.#desk = desk;
    this.#steps = steps;
    this.#announcer = new Announcer(host);
    if (host.shadowRoot) adoptStyles(host.shadowRoot, allStyles);
    this.speak(desk.view.formats.lang);
    this.#hear('given', (detail) => host.dispatchEvent(new ConsentGivenEvent(detail)));
    this.#hear('declined', (detail) => host.dispatchEvent(new ConsentDeclinedEvent(detail)));
    this.#hear('claimed', (detail) => host.dispatchEvent(new FileClaimedEvent(detail)));
  }

  /** What the page speaks now: what is read of a notice is what is recorded. */
  speak(language: string): void {
    if (language === this.#language) return;
    this.#language = language;
    void this.#steps.speak(language);
  }

  get screen(): TemplateResult {
    return screen(this.#view);
  }

  changed(before: RecipientSnapshot, snapshot: RecipientSnapshot): void {
    if (snapshot.notice !== null) this.#desk.forgetToken();
    if (snapshot.problem === null) this.#announcer.hush();
    for (const announcement of announce(before, this.#view)) this.#announcer.say(announcement);
    this.#markWrongCode(before, snapshot);
  }

  end(): void {
    this.#listening.abort();
    this.#announcer.hostDisconnected();
    this.#host.removeController(this.#announcer);
  }

  sendCode(isTrusted: boolean): void {
    const input = this.#desk.input('code');
    if (input) input.value = '';
    this.#digits = '';
    void this.#act((steps) => steps.sendCode(isTrusted));
  }

  /** Null: the browser did not let a window open. A link that the person presses opens one all the same. */
  signIn(provider: string, isTrusted: boolean, opened: Away | null): void {
    this.#desk.patch({ signInLink: opened === null ? '' : null });
    const link: Away = { go: (signInLink) => this.#desk.patch({ signInLink }), close: () => {} };
    void this.#act((steps) => steps.signIn(provider, isTrusted, opened ?? link));
  }

  notMine(isTrusted: boolean): void {
    void this.#act((steps) => steps.report('not_for_me', isTrusted));
  }

  /**
   * What is typed next takes the place of a code that did not match; the arrows still lead to a wrong digit of it. A finger
   * on the button has taken the focus there: a tap on the field would put new digits behind the old ones.
   */
  #markWrongCode(before: RecipientSnapshot, { problem }: RecipientSnapshot): void {
    const field = this.#desk.input('code');
    if (!field || !problem || problem === before.problem) return;
    if (/^code_/.test(problem.code) && field.form?.querySelector(':focus')) field.focus();
    if (field.matches(':focus')) field.select();
  }

  readonly #later: Omit<Acts, keyof FirstView['acts']> = {
    codeTyped: (event) => {
      const input = event.currentTarget;
      if (!(input instanceof HTMLInputElement)) return;
      const { digits, isWhole } = takeCodeInput(input, event, this.#digits);
      this.#digits = digits;
      if (isWhole) void this.#act((steps) => steps.submitCode(digits));
    },
    submitCode: (event) => {
      event.preventDefault();
      const text = this.#desk.input('code')?.value ?? '';
      void this.#act((steps) => steps.submitCode(text));
    },
    decide: (decision, event) => {
      const { isTrusted } = event;
      this.#desk.patch({ deciding: decision });
      void this.#act((steps) => steps.decide(decision, isTrusted));
    },
    stopSignIn: () => this.#steps.stopSignIn(),
    askForLink: ({ isTrusted }) => void this.#act((steps) => steps.askForLink(isTrusted)),
    notMe: ({ isTrusted }) => void this.#act((steps) => steps.report('not_me', isTrusted)),
    choose: (purpose, isAgreed) => this.#steps.choose(purpose, isAgreed),
    showDetails: () => void this.#act((steps) => steps.showDetails()),
    showName: (key) => this.#desk.patch({ wholeNames: new Set(this.#view.ui.wholeNames).add(key) }),
    download: (id) => void this.#steps.download(id),
    downloadAll: () => void this.#steps.downloadAll(),
    check: (id, event) => {
      const input = event.currentTarget;
      const [copy] = (input instanceof HTMLInputElement && input.files) || [];
      if (copy) void this.#act((steps) => steps.check(id, copy));
    },
    extend: () => void this.#act((steps) => steps.extend()),
    saveReceipt: () => void this.#act((steps) => steps.saveReceipt()),
    mailReceipt: () => void this.#act((steps) => steps.mailReceipt()),
    toggleLog: () => {
      const { isLogOpen } = this.#view.ui;
      this.#desk.patch({ isLogOpen: !isLogOpen });
      if (!isLogOpen && this.#steps.snapshot.log === null) void this.#act((steps) => steps.readLog());
    },
    askToWithdraw: ({ isTrusted }) => {
      void this.#act(async (steps) => {
        this.#desk.patch({ isWithdrawing: true });
        if (steps.snapshot.notice === null) await steps.sendCode(isTrusted);
      });
    },
    withdraw: ({ isTrusted }) => void this.#act((steps) => steps.withdraw(isTrusted)),
    keep: () => void this.#act(async () => this.#desk.patch({ isWithdrawing: false })),
    retry: () => void this.#act((steps) => steps.load()),
  };

  /** The person's own act: if it leads to another screen, the focus goes along. */
  async #act(work: (steps: RecipientSteps) => Promise<void>): Promise<void> {
    const before = screenName(this.#view);
    await work(this.#steps);
    if (screenName(this.#view) === before) return;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#digits = '';
    this.#desk.start?.focus();
  }

  get #view(): View {
    const { view: first } = this.#desk;
    const { words: catalogue } = recipientCatalogue.for(first.formats.lang);
    const view: View = {
      ...first,
      snapshot: this.#steps.snapshot,
      acts: { ...first.acts, ...this.#later },
      words: catalogue.words,
      kinds: catalogue.kinds,
      hasMouse: matchMedia('(hover: hover) and (pointer: fine)').matches,
      problem: () => problemLine(view),
    };
    return view;
  }

  #hear<Name extends keyof RecipientFlowEvents>(name: Name, act: (detail: RecipientFlowEvents[Name]) => void): void {
    const { signal } = this.#listening;
    const heard = (event: Event) => act((event as CustomEvent<RecipientFlowEvents[Name]>).detail);
    this.#steps.addEventListener(name, heard, { signal });
  }
}
