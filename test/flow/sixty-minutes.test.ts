import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createTransform } from '../../src/compose/create-transform.ts';
import { UploadError } from '../../src/errors.ts';
import { UploadFlow } from '../../src/flow/upload-flow.ts';
import { guessType } from '../../src/policy/guess.ts';
import { transform } from '../../src/transform/index.ts';
import { NO_BATCHES } from '../support/no-batches.ts';
import { NOTHING_UNFINISHED } from '../support/nothing-unfinished.ts';
import { settled } from '../support/page-clock.ts';
import { ScriptedAgreements } from '../support/scripted-agreements.ts';
import { UploadBench } from '../support/upload-bench.ts';
import { APP, JO, png } from '../support/upload-desk.ts';

const MINUTE_MS = 60_000;
const LIFE_MS = 60 * MINUTE_MS;
const MANY = 24;
const names = Array.from({ length: MANY }, (_, i) => `${i}.png`);

/** The sign-in of a page at a broker that ends it an hour after it began. */
class Hour extends UploadBench {
  #ends = 0;
  refused = 0;

  signIn(): void {
    this.#ends = this.clock.now() + LIFE_MS;
  }

  #check(): void {
    if (this.clock.now() < this.#ends) return;
    this.refused += 1;
    throw new UploadError('sign_in_ended');
  }

  override async startUploads(...call: Parameters<UploadBench['startUploads']>) {
    this.#check();
    return super.startUploads(...call);
  }
  override async signParts(...call: Parameters<UploadBench['signParts']>) {
    this.#check();
    return super.signParts(...call);
  }
  override async completeUploads(...call: Parameters<UploadBench['completeUploads']>) {
    this.#check();
    const answer = await super.completeUploads(...call);
    this.settled.push(...answer.files.flatMap(({ id, file }) => (file ? [id] : [])));
    return answer;
  }
  override async uploadStatus(...call: Parameters<UploadBench['uploadStatus']>) {
    this.#check();
    return super.uploadStatus(...call);
  }
  /** Ids of what the broker checked and took. */
  readonly settled: string[] = [];
}

/** The flow with the real transfer before a storage that takes 25 minutes over each file. */
async function slowQueue() {
  const bench = new Hour();
  bench.putMs = 25 * MINUTE_MS;
  const flow = new UploadFlow({
    apps: {
      readApp: async () => ({ ...APP, limits: { ...APP.limits, max_files: MANY, max_total_bytes: 100 * MANY } }),
    },
    clock: bench.clock,
    identity: {
      signIn: async () => {
        bench.signIn();
        return JO;
      },
      comeBack: () => null,
      link: () => '',
      showWindow: () => {},
      signOut: async () => {},
    },
    readRoom: () => Promise.reject(),
    agreements: new ScriptedAgreements(),
    transform: createTransform(async () => transform),
    guess: guessType,
    unfinished: NOTHING_UNFINISHED,
    batches: NO_BATCHES,
    transfer: bench.transfer,
  });
  await flow.load();
  await flow.accept(names.map((name) => png(name)));
  flow.upload();
  await settled();
  const stored = () => flow.snapshot.items.filter(({ phase }) => phase === 'uploaded').map(({ name }) => name);
  const put = () => bench.puts.map(({ name }) => name);
  return { bench, flow, stored, put };
}

describe('a sign-in that ends after its hour, in the middle of a queue', () => {
  test('holds every file where it is, and the next sign-in goes on with them: each was sent and taken in once', async () => {
    const { bench, flow, stored, put } = await slowQueue();
    await bench.clock.pass(LIFE_MS - 1);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.person?.id, bench.refused], ['uploading', JO.id, 0]);
    const before = stored();
    assert.ok(before.length > 0 && put().length > before.length && put().length < MANY, `${before.length} are stored`);

    await bench.clock.pass(bench.putMs);
    assert.deepEqual([flow.snapshot.phase, flow.snapshot.person], ['sign-in-again', null]);
    const waiting = put();
    await bench.clock.pass(3 * LIFE_MS);
    assert.deepEqual([put(), stored()], [waiting, before], 'nothing goes on without a sign-in');
    assert.deepEqual(
      flow.snapshot.items.map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      flow.snapshot.items.filter(({ problem }) => problem),
      [],
    );

    flow.signIn();
    await settled();
    // What is left is more than one hour holds; as often as it takes, and no more.
    for (let turn = 0; turn < 8 && flow.snapshot.phase !== 'done'; turn++) {
      if (flow.snapshot.phase === 'sign-in-again') flow.signIn();
      await bench.clock.pass(bench.putMs);
    }
    assert.deepEqual([flow.snapshot.phase, stored()], ['done', names]);
    assert.deepEqual([...put()].sort(), [...names].sort(), 'no bytes went twice');
    const begun = bench.starts.flatMap(({ body }) => body.files.map(({ name }) => name));
    assert.deepEqual([...begun].sort(), [...names].sort(), 'none was begun anew');
    assert.equal(new Set(bench.settled).size, MANY);
    assert.deepEqual([bench.settled.length, bench.aborts], [MANY, []]);
  });
});
