import { UploadError } from '../../src/errors.ts';
import type { Clock, RecipientCalls, Saver } from '../../src/flow/ports.ts';
import { RecipientFlow } from '../../src/flow/recipient-flow.ts';
import { PageClock } from '../support/page-clock.ts';
import {
  at,
  CODE,
  CONTRACT,
  COVER,
  claimedAt,
  DECIDED,
  LOG,
  MINUTE,
  NOW,
  RECEIPT,
  RULES,
  SHOWN,
  VERIFIED,
} from './recipient-samples.ts';

export const refused = (code: string, figures?: object, retryAfterMs?: number): UploadError =>
  new UploadError(code, {
    retryAfterMs,
    problem: { type: '', title: '', status: 400, code, remedy: { person: '', owner: '' }, ...(figures && { figures }) },
  });

type Script = { [Name in keyof RecipientCalls]: RecipientCalls[Name] };

/** A broker that says yes; a test replaces what should go another way. */
class ScriptedCalls {
  readonly asked: unknown[][] = [];
  readonly #clock: Clock;
  readonly script: Script;

  constructor(clock: Clock) {
    this.#clock = clock;
    let firstAt: number | null = null;
    this.script = {
      notice: async () => COVER,
      sendCode: async () => CODE,
      verify: async () => VERIFIED,
      decide: async ({ decision }) => ({ ...DECIDED, decision }),
      claim: async () => {
        const ms = this.#clock.now() - NOW;
        firstAt ??= ms;
        return claimedAt(ms, firstAt);
      },
      startSignIn: async () => ({
        address: 'https://broker.example/sign-in/recipient',
        sign_in: 's'.repeat(43),
        expires_at: at(10 * MINUTE),
      }),
      verifySignIn: async () => ({ status: 'verified', verified: VERIFIED }),
      ask: async () => ({ at: DECIDED.at }),
      report: async () => ({ at: DECIDED.at }),
      show: async (language) => ({ ...SHOWN, notice: { ...SHOWN.notice, language }, sha256: `${language}Notice=` }),
      extend: async () => ({ window_ends_at: at(30 * MINUTE), expires_at: at(30 * MINUTE) }),
      receipt: async () => RECEIPT,
      mailReceipt: async () => ({ sent_to: COVER.masked_address }),
      log: async () => LOG,
      sum: async (copy) => (copy.size === CONTRACT.size ? CONTRACT.sha256 : RULES.sha256),
      withdraw: async () => ({ at: DECIDED.at, receipt: 'header.withdrawn.signature', erase_by: DECIDED.at }),
      download: async (url, watch) => {
        const file = url.includes(CONTRACT.id) ? CONTRACT : RULES;
        watch(file.size);
        return { blob: blobOf(file.size), sha256: file.sha256 };
      },
    };
  }

  /** Answers of one call, one after the other; an error is thrown. The last one stays. */
  answers<Name extends keyof Script>(
    name: Name,
    ...answers: (Awaited<ReturnType<Script[Name]>> | UploadError)[]
  ): void {
    let turn = 0;
    const answer = async () => {
      const next = answers[Math.min(turn, answers.length - 1)];
      turn += 1;
      if (next instanceof UploadError) throw next;
      return next;
    };
    Object.assign(this.script, { [name]: answer });
  }

  get port(): RecipientCalls {
    const note = (name: keyof Script, args: unknown[]): Script => {
      this.asked.push([name, ...args.filter((arg) => isPlain(arg))]);
      return this.script;
    };
    return {
      notice: (...args) => note('notice', []).notice(...args),
      sendCode: (...args) => note('sendCode', args).sendCode(...args),
      startSignIn: (...args) => note('startSignIn', args).startSignIn(...args),
      verifySignIn: (...args) => note('verifySignIn', args).verifySignIn(...args),
      ask: (...args) => note('ask', args).ask(...args),
      report: (...args) => note('report', args).report(...args),
      show: (...args) => note('show', args).show(...args),
      extend: () => note('extend', []).extend(),
      receipt: () => note('receipt', []).receipt(),
      mailReceipt: () => note('mailReceipt', []).mailReceipt(),
      log: () => note('log', []).log(),
      sum: (...args) => note('sum', args).sum(...args),
      verify: (...args) => note('verify', args).verify(...args),
      decide: (...args) => note('decide', args).decide(...args),
      claim: () => note('claim', []).claim(),
      withdraw: (...args) => note('withdraw', args).withdraw(...args),
      download: (...args) => note('download', args).download(...args),
    };
  }

  count(name: keyof Script): number {
    return this.asked.filter(([asked]) => asked === name).length;
  }
}

const isPlain = (arg: unknown): boolean => typeof arg === 'string' || arg?.constructor === Object;

/** A blob that says it has this many bytes, and has none. */
export function blobOf(size: number): Blob {
  return Object.defineProperty(new Blob([]), 'size', { value: size });
}

export class NotedSaver implements Saver {
  readonly saved: string[] = [];
  readonly opened: string[] = [];
  readable = 100 * 1024 * 1024;
  canRead = (size: number): boolean => size <= this.readable;
  save = (_blob: Blob, name: string): void => void this.saved.push(name);
  open = (url: string): void => void this.opened.push(url);
}

export function rig(surface: 'page' | 'embedded' = 'page') {
  const clock = new PageClock(NOW);
  const calls = new ScriptedCalls(clock);
  const saver = new NotedSaver();
  const flow = new RecipientFlow({ calls: calls.port, saver, clock }, { surface, version: '1.2.3' });
  const told: { name: string; detail: unknown }[] = [];
  for (const name of ['given', 'declined', 'withdrawn', 'claimed']) {
    flow.addEventListener(name, (event) => told.push({ name, detail: (event as CustomEvent<unknown>).detail }));
  }
  return { clock, calls, saver, flow, told };
}

/** Loaded, code sent and accepted. */
export async function provedRig(surface: 'page' | 'embedded' = 'page') {
  const parts = rig(surface);
  await parts.flow.load();
  await parts.flow.sendCode(true);
  await parts.flow.submitCode('48210736');
  return parts;
}

export async function acceptedRig() {
  const parts = await provedRig();
  await parts.flow.decide('accept', true);
  return parts;
}
