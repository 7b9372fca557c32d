import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createTransform } from '../../src/compose/create-transform.ts';
import { UploadFlow } from '../../src/flow/upload-flow.ts';
import { guessType } from '../../src/policy/guess.ts';
import { transform } from '../../src/transform/index.ts';
import { join, jpeg } from '../policy/cases/bytes.ts';
import { appDocument } from '../support/app-document.ts';
import { NO_BATCHES } from '../support/no-batches.ts';
import { settled } from '../support/page-clock.ts';
import { type Page, ResumeBench } from '../support/resume-bench.ts';
import { ScriptedAgreements } from '../support/scripted-agreements.ts';
import { JO } from '../support/upload-desk.ts';
import { withJpegMetadata } from '../transform/metadata.ts';

const WISHES = { remove_metadata: true, required: true };
const MB = 1024 * 1024;
const APP = appDocument({
  app: 'cases',
  transforms: WISHES,
  limits: {
    max_file_bytes: 50 * MB,
    max_total_bytes: 100 * MB,
    max_files: 4,
    max_name_length: 50,
    accepts: [{ name: 'photos', types: ['image/jpeg'], extensions: ['jpg'] }],
  },
});

/** A photo whose scan is longer than what goes in one piece, with its place in it. */
function photo(seed: number): File {
  const plain = jpeg();
  const end = plain.length - 2;
  const scan = new Uint8Array(17 * MB).fill(seed);
  const rich = withJpegMetadata(join(plain.subarray(0, end), scan, plain.subarray(end)), { hasLocation: true });
  return new File([rich], 'beach.jpg', { type: 'image/jpeg', lastModified: 1 });
}

const BEACH = photo(0x55);
let clean: File;
const bytesOf = async (file: Blob) => Buffer.from(await file.arrayBuffer());

/** Where a page was given one. */
const HANDLE = { kind: 'file' } as unknown as FileSystemFileHandle;

/** The box of one page, with the real transfer, records and transform; the sign-in is the test's. */
function boxOf(bench: ResumeBench, page: Page, make = transform): UploadFlow {
  return new UploadFlow({
    apps: { readApp: async () => APP },
    identity: {
      signIn: async () => JO,
      comeBack: () => null,
      link: () => '',
      showWindow: () => {},
      signOut: async () => {},
    },
    readRoom: () => Promise.reject(),
    agreements: new ScriptedAgreements(),
    clock: bench.far.clock,
    guess: guessType,
    transform: createTransform(async () => make),
    unfinished: page.unfinished,
    batches: NO_BATCHES,
    transfer: page.transfer,
  });
}

/** A browser whose first page died while it sent the photo, and the box of its next one. */
async function comeBack(make = transform) {
  const bench = new ResumeBench();
  const { far } = bench;
  far.isManual = true;
  const dying = bench.page();
  const first = boxOf(bench, dying);
  await first.load();
  await first.accept([{ file: BEACH, handle: HANDLE }]);
  first.upload();
  await reaches(() => far.running.length > 0);
  for (let part = 0; part < 4; part++) await far.running[0]?.end({ kind: 'stored' });
  await far.clock.pass(1000);
  await dying.crash();
  far.isManual = false;
  far.running.length = 0;
  far.puts.length = 0;
  const flow = boxOf(bench, bench.page(), make);
  await flow.load();
  return { far, flow, bench };
}

/** Signed in, with the upload of the earlier visit listed. */
async function signedIn(make = transform) {
  const back = await comeBack(make);
  back.flow.signIn();
  await reaches(() => back.flow.snapshot.unfinished.items.length === 1);
  return { ...back, id: back.flow.snapshot.unfinished.items[0]?.id ?? '' };
}

async function reaches(isSo: () => boolean): Promise<void> {
  for (let waits = 0; waits < 200 && !isSo(); waits++) await settled();
  assert.ok(isSo(), 'it never came to that');
}

async function ends({ far, flow }: { far: ResumeBench['far']; flow: UploadFlow }, phase = 'done'): Promise<void> {
  for (let waits = 0; waits < 200 && flow.snapshot.phase !== phase; waits++) {
    await settled();
    if (far.clock.next !== null) await far.clock.pass(far.clock.next);
  }
  assert.equal(flow.snapshot.phase, phase);
}

/** Four of eighteen parts were stored before; nothing else was sent, and the object is the cleaned photo. */
async function assertWentOn({ far, bench }: { far: ResumeBench['far']; bench: ResumeBench }): Promise<void> {
  assert.deepEqual([far.starts, far.puts.length, bench.store.records.size], [['beach.jpg'], 14, 0]);
  const { object } = far.upload('beach.jpg');
  assert.ok(object && Buffer.from(object).equals(await bytesOf(clean)), 'the object has other bytes');
}

/** Draws the picture otherwise than the browser of the earlier visit. */
const otherwise: typeof transform = async (file, wishes, signal) => {
  const made = await transform(file, wishes, signal);
  if (made.file === file) return made;
  const { name, type, lastModified } = file;
  return { ...made, file: new File([made.file, '.'], name, { type, lastModified }) };
};

describe('a photo that is sent without its place, after its page died', () => {
  before(async () => {
    clean = (await transform(BEACH, WISHES, new AbortController().signal)).file;
  });

  test('is smaller than what the person chooses', () => {
    assert.ok(clean.size < BEACH.size);
  });

  test('goes on when the person chooses it for its row', async () => {
    const back = await signedIn();
    assert.equal(back.flow.snapshot.unfinished.items[0]?.hasHandle, true, 'a press would be enough');
    await back.flow.unfinished.choose(back.id, BEACH);
    await ends(back);
    await assertWentOn(back);
  });

  test('is recognised among the files that are dropped', async () => {
    const back = await signedIn();
    await back.flow.accept([BEACH]);
    assert.deepEqual(back.flow.snapshot.items[0]?.resumes, { id: back.id, isRenamed: false });
    back.flow.upload();
    await ends(back);
    await assertWentOn(back);
  });

  test('is recognised where it was chosen before anybody signed in', async () => {
    const back = await comeBack();
    await back.flow.accept([BEACH]);
    back.flow.upload();
    await ends(back);
    await assertWentOn(back);
  });

  test('is another file where its name, its size and its bytes differ', async () => {
    const { flow, id, far } = await signedIn();
    await flow.unfinished.choose(id, new File([await bytesOf(photo(0x66)), '.'], 'hill.jpg', { type: 'image/jpeg' }));
    assert.deepEqual([flow.snapshot.unfinished.items[0]?.phase, far.aborts], ['other', []]);
  });

  for (const [how, give] of [
    ['chosen for its row', ({ flow, id }) => flow.unfinished.choose(id, BEACH)],
    ['dropped', ({ flow }) => flow.accept([BEACH])],
  ] satisfies [string, (back: Awaited<ReturnType<typeof signedIn>>) => Promise<void>][]) {
    test(`is new where the browser makes something else of it by now, and nobody calls it another file: ${how}`, async () => {
      const back = await signedIn(otherwise);
      await give(back);
      await reaches(() => back.flow.snapshot.items[0]?.phase === 'ready');
      assert.deepEqual(back.flow.snapshot.unfinished.items, []);
      assert.deepEqual([back.far.aborts, back.flow.snapshot.items[0]?.resumes], [[back.id], undefined]);
      back.flow.upload();
      await ends(back);
      assert.deepEqual([back.far.starts, back.bench.store.records.size], [['beach.jpg', 'beach.jpg'], 0]);
    });
  }
});
