import { setTimeout as wait } from 'node:timers/promises';
import { checkAll } from './checks.ts';
import type { GateWatcher } from './net/gate.ts';
import type { Rig } from './rig.ts';
import { type Act, type Call, type Fault, type Script, type ScriptOptions, writeScript } from './script.ts';
import { Selection } from './selection.ts';
import { Timeline } from './timeline.ts';
import type { Seen, Visit } from './visit.ts';

export interface Outcome {
  readonly run: number;
  readonly isShort: boolean;
  readonly script: Script;
  /** What is wrong at the end; empty where all is as it must be. */
  readonly wrong: readonly string[];
  /** Faults whose call came. */
  readonly met: readonly Fault[];
  /** How often the person had to press "Try again". */
  readonly presses: number;
  readonly seconds: number;
  readonly timeline: readonly string[];
}

/** A run that takes longer fails. */
const LONGEST_MS = 120_000;
const LOOK_MS = 60;
/** How long a box may take to tell of unfinished uploads. */
const GREETING_MS = 3000;
/** A person presses "Try again" so often, and only where a part was away. */
const PRESSES = 3;

/** One run from nothing to its verdict. Never fails by itself: what goes wrong is in the outcome. */
export async function runOnce(rig: Rig, seed: number, run: number, options: ScriptOptions): Promise<Outcome> {
  const script = writeScript(seed, run, options);
  const start = performance.now();
  const one = new OneRun(rig, script);
  const wrong = await one.play();
  const seconds = (performance.now() - start) / 1000;
  return {
    run,
    isShort: options.isShort,
    script,
    wrong,
    met: one.met,
    presses: one.presses,
    seconds,
    timeline: one.timeline.lines(),
  };
}

class OneRun implements GateWatcher {
  readonly timeline = new Timeline();
  readonly met: Fault[] = [];
  presses = 0;
  readonly #rig: Rig;
  readonly #script: Script;
  readonly #selection: Selection;
  readonly #counts = new Map<Call, number>();
  #visit: Visit | null = null;
  /** Kills and starts come one after the other: a broker that starts asks the store first. */
  #outages: Promise<unknown> = Promise.resolve();
  #reloading: Promise<void> | null = null;
  #isSignInLost = false;
  readonly #arrived = new Set<string>();
  /** A file that goes whole leaves no record: chosen again after a reload, it may be there twice. */
  readonly #mayRepeat = new Set<string>();
  readonly #broken: string[] = [];

  constructor(rig: Rig, script: Script) {
    this.#rig = rig;
    this.#script = script;
    this.#selection = new Selection(script.files);
  }

  async play(): Promise<string[]> {
    try {
      await this.#rig.begin(this.#script);
      this.#visit = await this.#rig.visit((text) => this.#hear(text));
      await this.#visit.choose(this.#selection.files);
      for (const gate of Object.values(this.#rig.gates)) gate.watcher = this;
      const wrong = await this.#followTheBox(this.#visit);
      await this.#outages;
      for (const gate of Object.values(this.#rig.gates)) gate.watcher = null;
      await this.#visit.end();
      wrong.push(...this.#broken);
      if (wrong.length === 0) wrong.push(...(await checkAll(this.#rig, this.#selection.sendable, this.#mayRepeat)));
      return wrong;
    } catch (error) {
      return [...this.#broken, `the rig: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`];
    } finally {
      await this.#outages.catch(() => {});
      await this.#visit?.end().catch(() => {});
      await this.#rig.clear();
      this.#selection.remove();
    }
  }

  next(call: Call): { act: Act; nth: number } | null {
    const nth = (this.#counts.get(call) ?? 0) + 1;
    this.#counts.set(call, nth);
    const fault = this.#script.faults.find((known) => known.call === call && known.nth === nth);
    if (!fault) {
      this.timeline.say(`${call} ${nth}`);
      return null;
    }
    this.met.push(fault);
    return fault;
  }

  async act(act: Act): Promise<void> {
    if (act.kind === 'reload') this.#reloading ??= this.#reload();
    if (act.kind === 'reload') return this.#reloading ?? undefined;
    if (act.kind !== 'kill') return;
    const part = this.#rig[act.part];
    await new Promise<void>((killed) => {
      this.#outages = this.#outages.then(async () => {
        await part.kill();
        this.timeline.say(`${act.part} is dead`);
        killed();
        await wait(act.downMs);
        await part.restart();
        this.timeline.say(`${act.part} is up`);
      });
      this.#outages.catch((error: Error) => {
        this.#broken.push(`${act.part} did not start again: ${error.message}`);
        killed();
      });
    });
  }

  say(text: string): void {
    this.timeline.say(text);
  }

  carried(): void {}

  #hear(text: string): void {
    this.timeline.say(text);
    if (text.startsWith('page:')) this.#broken.push(text);
    else this.#isSignInLost = true;
  }

  /** Does what a person would, until everything is uploaded. Answers what a person would complain of. */
  async #followTheBox(visit: Visit): Promise<string[]> {
    const end = performance.now() + LONGEST_MS;
    let before = '';
    for (;;) {
      await this.#reloading;
      const seen = await visit.see().catch(() => null);
      if (performance.now() > end) return [`not at its end after ${LONGEST_MS / 1000} s: ${briefly(seen)}`];
      await wait(LOOK_MS);
      if (!seen || this.#reloading) continue;
      const now = briefly(seen);
      if (now !== before) this.timeline.say(`box: ${now}`);
      const isNew = now !== before;
      before = now;
      for (const { name, phase } of seen.items) if (phase === 'uploaded') this.#arrived.add(name);
      if (seen.phase === 'done' && seen.unfinished.items.length === 0) return this.#judge();
      const complaint = await this.#press(visit, seen, isNew);
      if (complaint) return [complaint];
    }
  }

  async #press(visit: Visit, seen: Seen, isNew: boolean): Promise<string | null> {
    const { phase, items } = seen;
    const isLookedAt = items.length > 0 && items.every((item) => item.phase !== 'preparing');
    if (phase === 'done') await this.#chooseAgain(visit, seen);
    else if (phase === 'unavailable') await visit.tell('load');
    else if (phase === 'sign-in-again') await visit.tell('upload');
    else if (phase === 'choosing' && isLookedAt) await visit.tell('upload');
    else if (phase === 'signing-in' && this.#isSignInLost) {
      this.#isSignInLost = false;
      await visit.tell('cancelSignIn');
    } else if (phase === 'part-done' || phase === 'not-done') {
      if (!isNew) return null;
      await this.#outages;
      const wasAway = this.met.some(({ act }) => act.kind === 'kill');
      if (!wasAway || this.presses >= PRESSES) return `given up: ${briefly(seen)}`;
      this.presses += 1;
      await visit.tell('retry');
    }
    return null;
  }

  /** A file that could not be checked, because something was away, waits for its person to choose it once more. */
  async #chooseAgain(visit: Visit, { unfinished }: Seen): Promise<void> {
    if (unfinished.items.some(({ phase }) => phase !== 'waiting')) return;
    const rest = this.#selection.files.filter(({ name }) => unfinished.items.some((item) => item.name === name));
    this.timeline.say(`chosen again: ${rest.map(({ name }) => name).join(' ')}`);
    await visit.choose(rest);
  }

  #judge(): string[] {
    const missing = this.#selection.sendable.filter(({ name }) => !this.#arrived.has(name));
    return missing.map(({ name }) => `${name} is not shown as uploaded`);
  }

  /** The page is loaded anew. Its person signs in where the box tells of unfinished uploads, and chooses the rest again. */
  async #reload(): Promise<void> {
    const visit = this.#visit;
    if (!visit) return;
    await this.#outages;
    this.timeline.say('reload');
    // Whoever meets a page without its box loads it once more.
    await visit.reload().catch(() => visit.reload());
    const rest = this.#selection.files.filter(({ name }) => !this.#arrived.has(name));
    for (const { name, parts } of rest) if (parts === 0) this.#mayRepeat.add(name);
    await this.#greet(visit);
    await visit.choose(rest);
    this.#reloading = null;
  }

  async #greet(visit: Visit): Promise<void> {
    const end = performance.now() + GREETING_MS;
    let isAsked = false;
    while (performance.now() < end) {
      await wait(LOOK_MS);
      const seen = await visit.see();
      if (!seen || seen.phase === 'loading') continue;
      const { isSignedIn, phase, unfinished } = seen;
      if (isSignedIn && phase !== 'signing-in' && unfinished.items.length > 0) {
        this.timeline.say(`unfinished: ${unfinished.items.map(({ name }) => name).join(' ')}`);
        return;
      }
      if (isSignedIn || isAsked || unfinished.count === 0) continue;
      isAsked = true;
      await visit.tell('signIn');
    }
  }
}

function briefly(seen: Seen | null): string {
  if (!seen) return 'nothing';
  const counts = new Map<string, number>();
  for (const { phase, problem } of seen.items) {
    const name = problem ? `${phase} (${problem})` : phase;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [seen.phase, ...[...counts].map(([name, count]) => `${count} ${name}`)].join(', ');
}
