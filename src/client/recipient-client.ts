import type * as v from 'valibot';
import { AccessLog } from '../contract/access-log.ts';
import { ReceiptFile } from '../contract/consent-receipt.ts';
import {
  type AskCode,
  ExtendedWindow,
  type ReportLink,
  SignInVerified,
  StartedRecipientSignIn,
  type StartRecipientSignIn,
  ToldSender,
  type VerifySignIn,
} from '../contract/link-steps.ts';
import { Claimed, CodeState, Cover, type OpenLink, Verified, type VerifyCode } from '../contract/links.ts';
import { type Decide, Decided, MailedReceipt, ShownNotice, Withdrawn } from '../contract/notice.ts';
import { UploadError } from '../errors.ts';
import { type Fetch, send } from './call.ts';
import { readFile, sumOf } from './read-file.ts';

/** Sends with a DPoP proof by the key of this page; with a token, bound to it (RFC 9449 section 7.1). */
export type SendProven = (url: URL, init: RequestInit, accessToken?: string) => Promise<Response>;

export interface RecipientClientPorts {
  readonly fetch: Fetch;
  /** Called once, when the first proof is needed; the nonce is the one that the cover brought. */
  prove(firstNonce: string | undefined): Promise<SendProven>;
}

type Step =
  | 'notice'
  | 'code'
  | 'verify'
  | 'sign-in'
  | 'verify-sign-in'
  | 'ask'
  | 'report'
  | 'show'
  | 'decide'
  | 'claim'
  | 'extend'
  | 'withdraw'
  | 'receipt'
  | 'receipt/mail'
  | 'log';

/** Longer than any call of the broker takes; a train tunnel should not look like work. */
const ANSWER_MS = 30_000;

/**
 * The recipient's calls (`POST /v1/recipient/…`). The link's token and the recipient token stay in this object: they
 * travel in bodies and headers only. Every call fails with an UploadError.
 */
export class RecipientClient {
  readonly #broker: URL;
  readonly #token: string;
  readonly #ports: RecipientClientPorts;
  #nonce: string | undefined;
  #proven: Promise<SendProven> | null = null;
  #recipientToken: string | null = null;

  constructor(broker: URL, token: string, ports: RecipientClientPorts) {
    this.#broker = broker;
    this.#token = token;
    this.#ports = ports;
  }

  async notice(signal?: AbortSignal): Promise<Cover> {
    const body: OpenLink = { token: this.#token };
    const cover = await this.#call('notice', Cover, body, this.#ports.fetch, signal);
    this.#nonce = cover.dpop_nonce;
    return cover;
  }

  async sendCode(isTrusted: boolean): Promise<CodeState> {
    const body: AskCode = { token: this.#token, is_trusted: isTrusted };
    return this.#call('code', CodeState, body, this.#ports.fetch);
  }

  /** `code`: eight ASCII digits. The answer without its token: that one stays here. */
  async verify(code: string): Promise<Verified> {
    const body: VerifyCode = { token: this.#token, code };
    return this.#keepToken(await this.#call('verify', Verified, body, await this.#prove()));
  }

  async startSignIn(provider: string, isTrusted: boolean): Promise<StartedRecipientSignIn> {
    const body: StartRecipientSignIn = { token: this.#token, provider, back: 'window', is_trusted: isTrusted };
    const prove = await this.#prove();
    // The broker's cookie binds the way there and back to this browser. No other call has or leaves one.
    const fetch: Fetch = (url, init) => prove(url, { ...init, credentials: 'same-origin' });
    return this.#call('sign-in', StartedRecipientSignIn, body, fetch);
  }

  async verifySignIn(signIn: string): Promise<SignInVerified> {
    const body: VerifySignIn = { token: this.#token, sign_in: signIn };
    const outcome = await this.#call('verify-sign-in', SignInVerified, body, await this.#prove());
    return outcome.status === 'pending' ? outcome : { ...outcome, verified: this.#keepToken(outcome.verified) };
  }

  async ask(isTrusted: boolean): Promise<ToldSender> {
    return this.#call('ask', ToldSender, { token: this.#token, is_trusted: isTrusted }, this.#ports.fetch);
  }

  async report(what: ReportLink['what'], isTrusted: boolean): Promise<ToldSender> {
    const body: ReportLink = { token: this.#token, what, is_trusted: isTrusted };
    return this.#call('report', ToldSender, body, this.#ports.fetch);
  }

  async show(language: string): Promise<ShownNotice> {
    return this.#call('show', ShownNotice, { language }, await this.#authorised());
  }

  async decide(decision: Decide): Promise<Decided> {
    return this.#call('decide', Decided, decision, await this.#authorised());
  }

  async claim(): Promise<Claimed> {
    return this.#call('claim', Claimed, {}, await this.#authorised());
  }

  async extend(): Promise<ExtendedWindow> {
    return this.#call('extend', ExtendedWindow, {}, await this.#authorised());
  }

  async receipt(): Promise<ReceiptFile> {
    return this.#call('receipt', ReceiptFile, {}, await this.#authorised());
  }

  async mailReceipt(): Promise<MailedReceipt> {
    return this.#call('receipt/mail', MailedReceipt, {}, await this.#authorised());
  }

  async log(): Promise<AccessLog> {
    return this.#call('log', AccessLog, {}, await this.#authorised());
  }

  async withdraw(isTrusted: boolean): Promise<Withdrawn> {
    return this.#call('withdraw', Withdrawn, { is_trusted: isTrusted }, await this.#authorised());
  }

  /** Reads one file whole and answers its bytes and their SHA-256 (base64). Fails with store_unreachable. */
  async download(
    url: string,
    watch: (received: number) => void,
    signal: AbortSignal,
    partBytes?: number | undefined,
  ): Promise<{ blob: Blob; sha256: string }> {
    return readFile(this.#ports.fetch, url, watch, signal, partBytes);
  }

  sum(file: Blob, partBytes?: number | undefined): Promise<string> {
    return sumOf(file, partBytes);
  }

  #keepToken(verified: Verified): Verified {
    this.#recipientToken = verified.recipient_token;
    return { ...verified, recipient_token: '' };
  }

  async #authorised(): Promise<Fetch> {
    const token = this.#recipientToken;
    if (token === null) throw new UploadError('sign_in_needed');
    const prove = await this.#prove();
    return (url, init) => prove(url, init, token);
  }

  /** One key for the life of the page, also after a second code: a claim belongs to the key that made it. */
  #prove(): Promise<SendProven> {
    this.#proven ??= this.#ports.prove(this.#nonce);
    return this.#proven;
  }

  async #call<Schema extends v.GenericSchema>(
    step: Step,
    schema: Schema,
    body: object,
    fetch: Fetch,
    signal?: AbortSignal,
  ): Promise<v.InferOutput<Schema>> {
    const timeout = AbortSignal.timeout(ANSWER_MS);
    try {
      return await send(fetch, {
        method: 'POST',
        url: new URL(`/v1/recipient/${step}`, this.#broker),
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        answer: schema,
      });
    } catch (cause) {
      if (cause instanceof UploadError) throw cause;
      throw new UploadError(signal?.aborted ? 'cancelled' : 'broker_down');
    }
  }
}
