import type { CodeState, Verified } from '../contract/links.ts';
import { asUploadError, UploadError } from '../errors.ts';
import { ChangeTeller } from './change-teller.ts';
import { CodeCountdown } from './code-countdown.ts';
import type { Clock, RecipientCalls, Saver } from './ports.ts';
import { AccountProof, type Away } from './recipient-account.ts';
import { answerNotice } from './recipient-answer.ts';
import { CODE_DIGITS, codeDigits } from './recipient-code.ts';
import { Deliveries } from './recipient-deliveries.ts';
import type { RecipientFlowEvents } from './recipient-events.ts';
import { inLanguage, proveAgain } from './recipient-notice.ts';
import { endedScreen, isProofOver, problemOf, screenOf } from './recipient-problems.ts';
import { RECIPIENT_START, type RecipientSnapshot } from './recipient-snapshot.ts';

export interface RecipientPorts {
  /** null: the address holds no secret. */
  readonly calls: RecipientCalls | null;
  readonly saver: Saver;
  readonly clock: Clock;
}

/**
 * What a recipient meets between opening a link and holding the files: cover, code, decision, download.
 * Dispatches `change` (at most once per microtask) and `RecipientFlowEvents`. No verb throws: what
 * goes wrong stands in the snapshot.
 */
export class RecipientFlow extends EventTarget {
  readonly #ports: RecipientPorts;
  readonly #surface: 'page' | 'embedded';
  readonly #component: string;
  #snapshot: RecipientSnapshot = RECIPIENT_START;
  #proof: Verified | null = null;
  /** The code that was accepted; it serves this page's key alone. Empty after another proof. */
  #digits = '';
  #language = '';
  #account: AccountProof | null = null;
  #refusedDigits = '';
  readonly #countdown: CodeCountdown;
  #deliveries: Deliveries | null = null;
  #loading = new AbortController();
  readonly #teller: ChangeTeller;
  #isClosed = false;
  #stopWaiting: () => void = () => {};

  /** `version`: of the script that shows the notice; part of what is recorded. */
  constructor(ports: RecipientPorts, options: { readonly surface: 'page' | 'embedded'; readonly version: string }) {
    super();
    this.#ports = ports;
    this.#surface = options.surface;
    this.#component = options.version;
    this.#teller = new ChangeTeller(this, ports.clock);
    this.#countdown = new CodeCountdown(ports.clock, (newCodeInSeconds) => this.#set({ newCodeInSeconds }));
    const phase = ports.calls === null ? 'cut-link' : 'loading';
    this.#snapshot = { ...RECIPIENT_START, phase, canSave: ports.saver.canRead(0) };
  }

  get snapshot(): RecipientSnapshot {
    return this.#snapshot;
  }

  /** Reads who sends what. Asks for no code: a reload, or a scanner, must not cause a mail. */
  async load(): Promise<void> {
    this.#set({ problem: null });
    await this.#read();
  }

  /** What the page speaks from now on. A notice that waits for its answer is asked for in that language. */
  async speak(language: string): Promise<void> {
    this.#language = language;
    const shown = this.#proof;
    if (!shown || this.#snapshot.phase !== 'decision' || this.#snapshot.problem?.code === 'notice_stale') return;
    await this.#act(async (calls) => this.#show(await inLanguage(calls, shown, language)));
  }

  /** A mail with a code goes out: only after a person's press. */
  async sendCode(isTrusted: boolean): Promise<void> {
    const hasWaited = this.#account !== null;
    this.stopSignIn();
    // The code of before is good still: whoever comes back to it needs no second mail.
    if (hasWaited && this.#snapshot.phase === 'code') return;
    await this.#act(async (calls) => {
      const code = await calls.sendCode(isTrusted);
      this.#takeCode(code);
      this.#set({ phase: 'code' });
    });
  }

  /** Proves the address with an account of it, in the window that the press has opened. */
  async signIn(provider: string, isTrusted: boolean, away: Away): Promise<void> {
    const { calls, clock } = this.#ports;
    if (calls === null || this.#snapshot.isBusy) return away.close();
    this.#account?.end();
    const account = new AccountProof(calls, clock, away);
    this.#account = account;
    this.#set({ phase: 'signing-in', problem: null });
    // Whoever has gone another way meanwhile is not led back.
    const isLeft = () => this.#account !== account;
    try {
      const proof = await account.prove(provider, isTrusted);
      const shown = proof && (await inLanguage(calls, proof, this.#language));
      if (shown === null || isLeft()) return;
      this.#account = null;
      this.#digits = '';
      this.#enter(shown);
    } catch (cause) {
      if (isLeft()) return;
      this.#account = null;
      // What an account was refused for is no fault of a code.
      this.#set({ phase: 'cover' });
      await this.#meet(asUploadError(cause, 'broker_unexpected'));
    }
  }

  /** Back to where the other ways are; whatever comes from the other window is not waited for. A code that is out stays so. */
  stopSignIn(): void {
    if (this.#account === null) return;
    this.#account.end();
    this.#account = null;
    const { code } = this.#snapshot;
    const isCodeOut = code !== null && Date.parse(code.expires_at) > this.#ports.clock.now();
    this.#set({ phase: isCodeOut ? 'code' : 'cover' });
  }

  /** Asks the sender for a new link: once a day for each link, whoever presses. */
  async askForLink(isTrusted: boolean): Promise<void> {
    await this.#act(async (calls) => this.#set({ askedAt: (await calls.ask(isTrusted)).at }));
  }

  /** Tells the sender. Closes nothing: anyone who holds the link could press this. */
  async report(what: 'not_for_me' | 'not_me', isTrusted: boolean): Promise<void> {
    await this.#act(async (calls) => {
      await calls.report(what, isTrusted);
      this.#set(what === 'not_for_me' ? { phase: 'not-mine' } : { isReported: true });
    });
  }

  /** Anything but eight digits stays here, so that it costs no try. */
  async submitCode(text: string): Promise<void> {
    const digits = codeDigits(text);
    if (digits.length !== CODE_DIGITS) return this.#set({ problem: { code: 'code_format' } });
    // A pasted code has sent itself; a press on Continue after its refusal must not cost a second try.
    if (digits === this.#refusedDigits && this.#snapshot.problem?.code === 'code_wrong') return;
    await this.#act(async (calls) => {
      this.#refusedDigits = digits;
      const proof = await calls.verify(digits);
      this.#digits = digits;
      this.#enter(await inLanguage(calls, proof, this.#language));
    });
  }

  /** Ticks a purpose of the notice, or not. */
  choose(purpose: string, isAgreed: boolean): void {
    const others = this.#snapshot.agreed.filter((id) => id !== purpose);
    this.#set({ agreed: isAgreed ? [...others, purpose] : others });
  }

  async decide(decision: 'accept' | 'decline', isTrusted: boolean): Promise<void> {
    const shown = this.#proof;
    if (!shown) return;
    await this.#act(async (calls) => {
      const { agreed } = this.#snapshot;
      const answer = { decision, isTrusted, agreed, surface: this.#surface, component: this.#component };
      const outcome = await answerNotice(calls, shown, () => this.#again(calls), answer);
      if (outcome.is === 'changed') {
        this.#enter({ ...outcome.proof, state: 'open' });
        this.#set({ agreed: [] });
        return this.#set({ changed: outcome.parts, problem: { code: 'notice_stale' } });
      }
      this.#proof = outcome.proof;
      this.#set({ decidedAt: outcome.at, isReturning: false, receipt: outcome.receipt, changed: [] });
      if (decision === 'accept') this.#offer(outcome.proof);
      else this.#set({ phase: 'declined' });
      this.#tellAnswer(decision === 'accept' ? 'given' : 'declined', outcome.receipt);
    });
  }

  /** What has changed since the notice was read; or, after declining, the details again: by the same code, without a mail. */
  async showDetails(): Promise<void> {
    if (this.#snapshot.phase === 'decision') return this.#set({ problem: null });
    await this.#act(async (calls) => {
      const proof = await this.#again(calls);
      this.#enter(proof.state === 'declined' ? { ...proof, state: 'open' } : proof);
    });
  }

  /** Hands the broker's receipt to the downloads, as JSON. */
  async saveReceipt(): Promise<void> {
    const { cover, receipt } = this.#snapshot;
    if (!cover || receipt === null) return;
    await this.#act(async (calls) => {
      // What is signed is here already; the broker adds what else belongs into the file.
      const file = await calls.receipt().catch(() => ({ reference: cover.reference, receipt }));
      const text = `${JSON.stringify(file, null, 2)}\n`;
      this.#ports.saver.save(new Blob([text], { type: 'application/json' }), `receipt-${file.reference}.json`);
    });
  }

  /** Once more to the proven address, and to no other. */
  async mailReceipt(): Promise<void> {
    await this.#act(async (calls) => this.#set({ mailedTo: (await calls.mailReceipt()).sent_to }));
  }

  /** What was recorded about this link. */
  async readLog(): Promise<void> {
    await this.#act(async (calls) => this.#set({ log: await calls.log() }));
  }

  /** The first one claims the link. Files run side by side; one that runs already is left alone. */
  async download(fileId: string): Promise<void> {
    await this.#deliver((deliveries) => deliveries.fetch(fileId));
  }

  async downloadAll(): Promise<void> {
    await this.#deliver((deliveries) => deliveries.fetchAll());
  }

  /** Of a file that the browser saved by itself. */
  async check(fileId: string, copy: Blob): Promise<void> {
    await this.#deliveries?.compare(fileId, copy);
  }

  /** More time to download, once. */
  async extend(): Promise<void> {
    await this.#act(async () => this.#deliveries?.extend());
  }

  async withdraw(isTrusted: boolean): Promise<void> {
    await this.#act(async (calls) => {
      const { at, receipt, erase_by: eraseBy } = await calls.withdraw(isTrusted);
      this.#deliveries?.close();
      this.#set({ phase: 'withdrawn', withdrawnAt: at, eraseBy, receipt, mailedTo: null, log: null });
      this.#tellAnswer('withdrawn', receipt);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#loading.abort();
    this.#account?.end();
    this.#deliveries?.close();
    this.#stopWaiting();
    this.#countdown.stop();
  }

  async #read(): Promise<void> {
    const { calls, clock } = this.#ports;
    if (calls === null) return;
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.#set({ isBusy: true });
    try {
      const cover = await calls.notice(signal);
      if (signal.aborted) return;
      const ended = endedScreen(cover.state);
      const isCodeOut = cover.code !== null && Date.parse(cover.code.expires_at) > clock.now();
      const phase = ended ?? (isCodeOut ? 'code' : 'cover');
      this.#set({ cover, waitUntil: null, askedAt: cover.asked_at ?? null, phase });
      this.#takeCode(cover.code);
      if (isCodeOut && cover.code?.tries_left === 0) {
        this.#set({ problem: { code: 'code_wrong', figures: { tries_left: 0 } } });
      }
      if (cover.locked_until !== undefined && Date.parse(cover.locked_until) > clock.now() && !ended) {
        this.#waitIn('locked', cover.locked_until);
      }
    } catch (cause) {
      if (!signal.aborted) this.#meetAtReading(asUploadError(cause, 'broker_unexpected'));
    }
    if (!signal.aborted) this.#set({ isBusy: false });
  }

  #enter(proof: Verified): void {
    this.#show(proof);
    this.#takeCode(null);
    this.#set({
      windowSeconds: proof.delivery_window_s,
      decidedAt: proof.decided_at ?? null,
      isReturning: proof.state === 'accepted',
      receipt: proof.receipt ?? null,
    });
    const ended = endedScreen(proof.state);
    // A page that has claimed the link and proves itself again goes on with its own downloads.
    if (proof.state === 'claimed' && this.#deliveries) this.#set({ phase: 'download' });
    else if (ended) this.#set({ phase: ended });
    else if (proof.state === 'accepted') this.#offer(proof);
    else this.#set({ phase: proof.state === 'declined' ? 'declined' : 'decision' });
  }

  #show(proof: Verified): void {
    this.#proof = proof;
    const { notice, sha256: noticeSha256, languages } = proof;
    this.#set({ notice, noticeSha256, languages });
  }

  /** The notice as it stands now, by the same proof and without a mail. */
  async #again(calls: RecipientCalls): Promise<Verified> {
    const shown = this.#proof;
    if (!shown) throw new UploadError('sign_in_ended');
    const language = this.#language;
    if (this.#digits === '') return { ...shown, ...(await calls.show(language || shown.notice.language)) };
    return inLanguage(calls, await proveAgain(calls, this.#digits), language);
  }

  #offer(proof: Verified): void {
    const { calls, saver, clock } = this.#ports;
    if (calls === null) return;
    this.#deliveries?.close();
    this.#deliveries = new Deliveries({ calls, saver, clock }, proof.files, {
      changed: () => this.#deliveriesChanged(),
      received: ({ name, size, sha256, part_bytes: partBytes }) =>
        this.#tell('claimed', { name, size, sha256, ...(partBytes !== undefined && { partBytes }) }),
    });
    this.#set({ phase: 'download' });
    this.#deliveriesChanged();
  }

  #deliveriesChanged(): void {
    const deliveries = this.#deliveries;
    if (!deliveries) return;
    const { list, windowEndsAt, window: deliveryWindow, mayExtend } = deliveries;
    this.#set({ deliveries: list, windowEndsAt, deliveryWindow, mayExtend });
    const { phase } = this.#snapshot;
    if (phase !== 'download' && phase !== 'window-over') return;
    if (list.every(({ phase }) => phase === 'received')) this.#set({ phase: 'received' });
    else if (deliveryWindow === 'over' && !deliveries.isAtWork) this.#set({ phase: 'window-over' });
  }

  async #deliver(work: (deliveries: Deliveries) => Promise<void>): Promise<void> {
    if (!this.#deliveries || this.#snapshot.deliveryWindow === 'over') return;
    this.#set({ problem: null });
    try {
      await work(this.#deliveries);
    } catch (cause) {
      await this.#meet(asUploadError(cause, 'broker_unexpected'));
    }
  }

  /** One call at a time: a second press while the first is under way is not an act of its own. */
  async #act(act: (calls: RecipientCalls) => Promise<void>): Promise<void> {
    const { calls } = this.#ports;
    if (calls === null || this.#snapshot.isBusy) return;
    this.#set({ isBusy: true, problem: null });
    try {
      await act(calls);
    } catch (cause) {
      await this.#meet(asUploadError(cause, 'broker_unexpected'));
    } finally {
      this.#set({ isBusy: false });
    }
  }

  async #meet(error: UploadError): Promise<void> {
    if (this.#isClosed) return;
    const problem = problemOf(error, this.#ports.clock.now());
    const { code } = this.#snapshot;
    if (problem.figures?.tries_left !== undefined && code) {
      this.#set({ code: { ...code, tries_left: problem.figures.tries_left } });
    }
    const screen = screenOf(error.code);
    if (screen === 'locked' && problem.figures?.until !== undefined) return this.#waitIn(screen, problem.figures.until);
    if (screen) return this.#set({ phase: screen, problem });
    this.#set({ problem });
    if (!isProofOver(error)) return;
    this.#proof = null;
    await this.#read();
  }

  #meetAtReading(error: UploadError): void {
    const problem = problemOf(error, this.#ports.clock.now());
    const until = problem.figures?.until;
    const screen = error.code === 'bad_request' ? 'not-found' : screenOf(error.code);
    if (error.code === 'slow_down' && until !== undefined) this.#waitIn('busy', until);
    else if (screen === 'locked' && until !== undefined) this.#waitIn('locked', until);
    else this.#set({ phase: screen ?? 'unavailable', problem });
  }

  #waitIn(phase: 'busy' | 'locked', until: string): void {
    this.#set({ phase, waitUntil: until, problem: null });
    this.#stopWaiting();
    const ms = Math.max(1_000, Date.parse(until) - this.#ports.clock.now());
    this.#stopWaiting = this.#ports.clock.after(ms, () => void this.load());
  }

  #takeCode(code: CodeState | null): void {
    this.#set({ code, newCodeInSeconds: 0 });
    this.#countdown.follow(code);
  }

  #tellAnswer(name: 'given' | 'declined' | 'withdrawn', receipt: string): void {
    this.#tell(name, { reference: this.#snapshot.cover?.reference ?? '', receipt });
  }

  #tell<Name extends keyof RecipientFlowEvents>(name: Name, detail: RecipientFlowEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #set(change: Partial<RecipientSnapshot>): void {
    if (this.#isClosed) return;
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#teller.now();
  }
}

/** The face of RecipientFlow; a test may bring its own. */
export type RecipientSteps = Pick<RecipientFlow, keyof RecipientFlow>;
