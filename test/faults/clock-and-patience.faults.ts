import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { checkAll } from './checks.ts';
import type { GateWatcher } from './net/gate.ts';
import { Rig } from './rig.ts';
import type { Call } from './script.ts';
import { type Choice, Selection } from './selection.ts';
import type { Seen, Visit } from './visit.ts';

/** Ten minutes of everybody's clock pass in a minute. */
const FACTOR = 10;
const MINUTE_MS = 60_000;
const LONGEST_MS = 150_000;
const MIB = 1024 * 1024;
/** A page renews half a minute before the end. */
const TOKEN_S = 40;

const small = (count: number, from = 0): Choice[] =>
  Array.from({ length: count }, (_, i) => ({
    name: `file-${from + i + 1}.txt`,
    size: 3000 + i,
    seed: from + i,
    parts: 0,
  }));
/** One that goes whole, one in three parts. */
const MIXED: readonly Choice[] = [...small(3), { name: 'large.txt', size: 20 * MIB, seed: 99, parts: 3 }];

/** Counts the calls and changes nothing. */
class Counter implements GateWatcher {
  readonly #counts = new Map<Call, number>();
  next(call: Call): null {
    this.#counts.set(call, this.of(call) + 1);
    return null;
  }
  of(call: Call): number {
    return this.#counts.get(call) ?? 0;
  }
  async act(): Promise<void> {}
  say(): void {}
  carried(): void {}
}

describe('sign-in and upload with a clock that is off, a network that is slow, tokens that end', {
  timeout: 900_000,
}, () => {
  let rig: Rig;
  let calls: Counter;
  before(async () => {
    rig = await Rig.start(FACTOR);
  });
  after(() => rig?.close());

  interface Setting {
    readonly files: readonly Choice[];
    readonly ahead?: number;
    readonly slowMs?: number;
    readonly tokenSeconds?: number;
    readonly sessionSeconds?: number;
  }

  /** From an empty storage to its end; then everything is compared bit for bit. */
  async function story(
    { files, ahead = 0, slowMs = 0, tokenSeconds = 300, sessionSeconds = 3600 }: Setting,
    play: (visit: Visit, selection: Selection) => Promise<void>,
  ): Promise<void> {
    const selection = new Selection(files);
    const broken: string[] = [];
    calls = new Counter();
    try {
      await rig.begin({ grantSeconds: 120, tokenSeconds, sessionSeconds });
      for (const gate of Object.values(rig.gates)) Object.assign(gate, { watcher: calls, slowMs: slowMs / FACTOR });
      const visit = await rig.visit((text) => broken.push(text), ahead);
      await play(visit, selection);
      await visit.end();
      for (const gate of Object.values(rig.gates)) Object.assign(gate, { watcher: null, slowMs: 0 });
      assert.deepEqual(broken, []);
      assert.deepEqual(await checkAll(rig, selection.sendable, new Set()), []);
    } finally {
      await rig.clear();
      selection.remove();
    }
  }

  async function until(visit: Visit, isSo: (seen: Seen) => boolean): Promise<Seen> {
    const end = performance.now() + LONGEST_MS;
    for (;;) {
      const seen = await visit.see();
      if (seen && isSo(seen)) return seen;
      if (performance.now() > end) throw new Error(`not within ${LONGEST_MS} ms: ${JSON.stringify(seen)}`);
      await wait(50);
    }
  }
  const isChosen = (count: number) => (seen: Seen) =>
    seen.phase === 'choosing' && seen.items.filter(({ phase }) => phase === 'ready').length === count;
  const isDone = (count: number) => (seen: Seen) =>
    seen.phase === 'done' && seen.items.filter(({ phase }) => phase === 'uploaded').length === count;

  async function upload(visit: Visit, selection: Selection): Promise<void> {
    await visit.choose(selection.files);
    await until(visit, isChosen(selection.files.length));
    await visit.tell('upload');
    await until(visit, isDone(selection.files.length));
  }

  test('a clock four minutes ahead', () => story({ files: MIXED, ahead: 4 * MINUTE_MS }, upload));
  test('a clock four minutes behind', () => story({ files: MIXED, ahead: -4 * MINUTE_MS }, upload));

  test('a clock seven minutes ahead is told by how much, the files stay, and go up once it is right', () =>
    story({ files: small(3), ahead: 7 * MINUTE_MS }, async (visit, selection) => {
      await visit.choose(selection.files);
      await until(visit, isChosen(3));
      await visit.tell('upload');
      const seen = await until(visit, ({ phase, problem }) => phase === 'choosing' && problem !== null);
      assert.equal(seen.problem, 'clock');
      assert.equal(seen.items.length, 3);
      assert.match(
        await visit.read(),
        /The clock of your device is off by 7 minutes\. Set it to automatic and try again\./,
      );
      await visit.setClock(0);
      await visit.tell('upload');
      await until(visit, isDone(3));
    }));

  test('each answer three seconds late: page, script, sign-in, grants, storage', () =>
    story({ files: MIXED, slowMs: 3000 }, upload));

  test('200 files while tokens end again and again: each is stored once', () =>
    story({ files: small(200), tokenSeconds: TOKEN_S }, async (visit, selection) => {
      for (let from = 0; from < 200; from += 50) {
        await visit.choose(selection.files.slice(from, from + 50));
        await until(visit, isChosen(50));
        await visit.tell('upload');
        await until(visit, isDone(50));
      }
      assert.ok(calls.of('token') >= 3, `${calls.of('token')} calls for tokens`);
    }));

  test('a clock that is set back in the middle, so that the page takes a token for good that the broker does not', () =>
    story({ files: small(50), ahead: 4 * MINUTE_MS, tokenSeconds: TOKEN_S }, async (visit, selection) => {
      const lot = async (from: number) => {
        await visit.choose(selection.files.slice(from, from + 25));
        await until(visit, isChosen(25));
        await visit.tell('upload');
        await until(visit, isDone(25));
      };
      await lot(0);
      await visit.setClock(-4 * MINUTE_MS);
      const given = calls.of('token');
      await wait(((TOKEN_S + 5) * 1000) / FACTOR);
      await lot(25);
      assert.ok(calls.of('token') > given, 'tokens were asked for');
    }));

  test('a sign-in whose life ends before the second half is sent asks to sign in again, with all files in the list, and goes on after that', () =>
    story({ files: small(100), tokenSeconds: TOKEN_S, sessionSeconds: TOKEN_S }, async (visit, selection) => {
      let asked = 0;
      for (let from = 0; from < 100; from += 50) {
        await visit.choose(selection.files.slice(from, from + 50));
        await until(visit, isChosen(50));
        // However fast the first half was: nothing of the session is left for the second.
        if (from > 0) await wait(((TOKEN_S + 5) * 1000) / FACTOR);
        await visit.tell('upload');
        for (let isAtEnd = false; !isAtEnd; ) {
          const seen = await until(visit, (now) => isDone(50)(now) || now.phase === 'sign-in-again');
          isAtEnd = seen.phase === 'done';
          if (isAtEnd) continue;
          asked += 1;
          assert.equal(seen.items.length, 50);
          assert.match(await visit.read(), /Sign in again/);
          await visit.tell('signIn');
          await until(visit, ({ phase }) => phase !== 'sign-in-again' && phase !== 'signing-in');
        }
      }
      assert.ok(asked >= 1, 'the life of the sign-in has ended on the way');
    }));
});
