import { Dice } from './random.ts';
import { type Choice, choose } from './selection.ts';

/** What a page or the broker asks for. A fault waits for the nth of its kind. */
const BROKER_CALLS = ['start', 'sign', 'status', 'complete', 'token'] as const;
const STORE_CALLS = ['put', 'part', 'preflight', 'head', 'open', 'list', 'assemble', 'read'] as const;
export type Call = (typeof BROKER_CALLS)[number] | (typeof STORE_CALLS)[number];

export type Act =
  /** The connection goes before anything of the request has arrived, in the middle of its body, of its answer. */
  | { readonly kind: 'cut'; readonly where: 'before' | 'body' | 'answer' }
  /** All was done; nobody hears of it. */
  | { readonly kind: 'lose-answer' }
  | {
      readonly kind: 'status';
      readonly status: 500 | 503 | 429;
      readonly retryAfter: number | null;
      readonly isReadable: boolean;
    }
  /** Not a byte moves any more: of the request, of its body, of the answer. */
  | { readonly kind: 'stall'; readonly where: 'before' | 'body' | 'answer' }
  /** Arrives when its grant is over. */
  | { readonly kind: 'late' }
  /** SIGKILL, while the request is still coming, with the next program, or once it is answered; up again after a while. */
  | {
      readonly kind: 'kill';
      readonly part: 'broker' | 'store';
      readonly when: 'before' | 'during' | 'after';
      readonly downMs: number;
    }
  | { readonly kind: 'reload'; readonly when: 'before' | 'after' };

export interface Fault {
  readonly call: Call;
  /** Of all calls of this kind in the run, from 1. */
  readonly nth: number;
  readonly act: Act;
}

export interface Script {
  readonly files: readonly Choice[];
  readonly faults: readonly Fault[];
  /** Seconds of the fast clock. */
  readonly grantSeconds: number;
  readonly tokenSeconds: number;
}

export interface ScriptOptions {
  /** Fewer and smaller files. */
  readonly isShort: boolean;
  readonly hasReload: boolean;
}

const GRANT_SECONDS = 120;
/** More than the 5 s before its end at which the engine replaces a grant. */
const SHORT_GRANT_SECONDS = 20;

/** The same for the same seed and run. */
export function writeScript(seed: number, run: number, { isShort, hasReload }: ScriptOptions): Script {
  const dice = Dice.ofRun(seed, run);
  const files = choose(dice, isShort);
  const faults = Array.from({ length: dice.between(3, 8) }, () => throwFault(dice, files, hasReload));
  const isLate = faults.some(({ act }) => act.kind === 'late');
  return {
    files,
    faults: once(faults),
    grantSeconds: isLate ? SHORT_GRANT_SECONDS : GRANT_SECONDS,
    tokenSeconds: dice.chance(0.3) ? 60 : 300,
  };
}

function throwFault(dice: Dice, files: readonly Choice[], hasReload: boolean): Fault {
  const act = throwAct(dice, hasReload);
  const call = act.kind === 'late' ? dice.of(['put', 'part'] as const) : throwCall(dice);
  return { call, nth: dice.between(1, mostOf(call, files)), act };
}

/** The calls that carry or settle bytes are hit more often. */
function throwCall(dice: Dice): Call {
  const often = ['put', 'put', 'part', 'part', 'part', 'start', 'complete', 'complete', 'sign', 'assemble'] as const;
  return dice.chance(0.75) ? dice.of(often) : dice.of([...BROKER_CALLS, ...STORE_CALLS]);
}

function throwAct(dice: Dice, hasReload: boolean): Act {
  const place = () => dice.of(['before', 'body', 'answer'] as const);
  const moment = () => dice.of(['before', 'during', 'after'] as const);
  const roll = dice.next();
  if (roll < 0.2) return { kind: 'cut', where: place() };
  if (roll < 0.38) return { kind: 'lose-answer' };
  if (roll < 0.58) {
    const retryAfter = dice.chance(0.5) ? dice.between(1, 4) : null;
    return { kind: 'status', status: dice.of([500, 503, 429] as const), retryAfter, isReadable: dice.chance(0.7) };
  }
  if (roll < 0.7) return { kind: 'stall', where: place() };
  if (roll < 0.77) return { kind: 'late' };
  if (roll < 0.85) return { kind: 'kill', part: 'store', when: moment(), downMs: dice.between(0, 400) };
  if (roll < 0.93 || !hasReload) return { kind: 'kill', part: 'broker', when: moment(), downMs: dice.between(0, 400) };
  return { kind: 'reload', when: dice.of(['before', 'after'] as const) };
}

/** About how many such calls a run makes. */
function mostOf(call: Call, files: readonly Choice[]): number {
  const parts = files.reduce((sum, { parts }) => sum + parts, 0);
  const whole = files.filter((file) => file.parts === 0 && file.size > 0).length;
  const most = {
    put: whole,
    part: parts,
    sign: parts / 3,
    head: files.length,
    read: files.length,
    complete: 3,
    preflight: 4,
  };
  return Math.max(1, Math.ceil(most[call as keyof typeof most] ?? 2));
}

/** One fault for one call; a process dies once, because its next start takes a while. */
function once(faults: readonly Fault[]): Fault[] {
  const isFirst = (fault: Fault, i: number, key: (fault: Fault) => string) =>
    faults.findIndex((other) => key(other) === key(fault)) === i;
  return faults.filter((fault, i) => {
    const { act } = fault;
    const isOnce = act.kind === 'reload' || (act.kind === 'kill' && act.part === 'broker');
    return (
      isFirst(fault, i, ({ call, nth }) => `${call} ${nth}`) &&
      (!isOnce || isFirst(fault, i, ({ act }) => act.kind + ('part' in act ? act.part : '')))
    );
  });
}
