import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UploadError } from '../../src/errors.ts';
import { ITEM_PHASES, PHASES, VERBS } from '../../src/flow/upload-phases.ts';
import type { UploadPhase } from '../../src/flow/upload-snapshot.ts';
import { settled } from '../support/page-clock.ts';
import { png, UploadDesk } from '../support/upload-desk.ts';

const ended = async (...outcomes: readonly ('stored' | 'not-done')[]) => {
  const desk = await UploadDesk.uploading(...outcomes.map((_, i) => png(`${i}.png`)));
  outcomes.forEach((outcome, i) => {
    if (outcome === 'stored') desk.store(`f${i + 1}`);
    else desk.batch.watcher.notDone(`f${i + 1}`, { code: 'store_down' });
  });
  await desk.end();
  return desk;
};

/** A box in each of its states; the last file of its list is the one that verbs are tried on. */
const AT: Record<UploadPhase, () => Promise<UploadDesk>> = {
  loading: async () => new UploadDesk(),
  unavailable: async () => {
    const desk = new UploadDesk();
    desk.readApp = () => Promise.reject(new UploadError('broker_down'));
    await desk.flow.load();
    return desk;
  },
  choosing: async () => {
    const desk = await UploadDesk.open();
    await desk.flow.accept([png('a.png')]);
    return desk;
  },
  'signing-in': async () => {
    const desk = await AT.choosing();
    desk.flow.upload();
    return desk;
  },
  uploading: () => UploadDesk.uploading(png('a.png')),
  'sign-in-again': async () => {
    const desk = await UploadDesk.uploading(png('a.png'));
    desk.batch.watcher.signInNeeded('sign_in_ended');
    return desk;
  },
  done: () => ended('stored'),
  'part-done': () => ended('stored', 'not-done'),
  'not-done': () => ended('not-done'),
};

const lastKey = (desk: UploadDesk) => desk.flow.snapshot.items.at(-1)?.key ?? 'f1';

const PRESS: Record<keyof typeof VERBS, (desk: UploadDesk) => void | Promise<void>> = {
  load: ({ flow }) => flow.load(),
  accept: ({ flow }) => flow.accept([png('new.png')]),
  remove: (desk) => desk.flow.remove(lastKey(desk)),
  undoRemove: ({ flow }) => flow.undoRemove(),
  removeRefused: ({ flow }) => flow.removeRefused(),
  keepFirst: ({ flow }) => flow.keepFirst(0),
  upload: ({ flow }) => flow.upload(),
  uploadNext: ({ flow }) => flow.uploadNext(false),
  tick: ({ flow }) => flow.tick('share', true),
  signIn: ({ flow }) => flow.signIn(),
  cancelSignIn: ({ flow }) => flow.cancelSignIn(),
  pause: (desk) => desk.flow.pause(lastKey(desk)),
  resume: (desk) => desk.flow.resume(lastKey(desk)),
  pauseAll: ({ flow }) => flow.pauseAll(),
  resumeAll: ({ flow }) => flow.resumeAll(),
  tryNow: ({ flow }) => flow.tryNow(),
  cancel: async (desk) => {
    desk.flow.cancel(lastKey(desk));
    await desk.end();
  },
  cancelAll: ({ flow }) => flow.cancelAll(),
  finishLater: ({ flow }) => flow.finishLater(),
  retry: ({ flow }) => flow.retry(),
  leaveOut: ({ flow }) => flow.leaveOut(),
  reset: ({ flow }) => flow.reset(),
};

/** Where each verb leads from each state. What is not listed changes nothing. */
const LEADS: Record<UploadPhase, Partial<Record<keyof typeof VERBS, UploadPhase>>> = {
  loading: { load: 'choosing' },
  unavailable: {},
  choosing: { upload: 'signing-in', signIn: 'signing-in' },
  'signing-in': { cancelSignIn: 'choosing', reset: 'choosing' },
  uploading: { remove: 'choosing', cancel: 'choosing', cancelAll: 'choosing', reset: 'choosing' },
  'sign-in-again': {
    upload: 'signing-in',
    signIn: 'signing-in',
    remove: 'choosing',
    cancel: 'choosing',
    cancelAll: 'choosing',
    finishLater: 'choosing',
    reset: 'choosing',
  },
  done: { accept: 'choosing', remove: 'choosing', signIn: 'signing-in', reset: 'choosing' },
  'part-done': {
    accept: 'choosing',
    remove: 'done',
    signIn: 'signing-in',
    retry: 'uploading',
    leaveOut: 'done',
    reset: 'choosing',
  },
  'not-done': {
    accept: 'choosing',
    remove: 'choosing',
    signIn: 'signing-in',
    retry: 'uploading',
    leaveOut: 'choosing',
    reset: 'choosing',
  },
};

describe('every verb in every state', () => {
  for (const phase of Object.keys(AT) as UploadPhase[]) {
    for (const verb of Object.keys(PRESS) as (keyof typeof VERBS)[]) {
      const to = LEADS[phase][verb];
      test(`${verb} while ${phase} ${to ? `leads to ${to}` : 'stays there'}`, async () => {
        const desk = await AT[phase]();
        assert.equal(desk.flow.snapshot.phase, phase);
        await PRESS[verb](desk);
        await settled();
        assert.equal(desk.flow.snapshot.phase, to ?? phase);
      });
    }
  }
});

describe('a verb that does not belong to a state', () => {
  for (const phase of Object.keys(AT) as UploadPhase[]) {
    test(`changes nothing while ${phase}`, async () => {
      for (const verb of Object.keys(PRESS) as (keyof typeof VERBS)[]) {
        const phases: readonly UploadPhase[] = VERBS[verb];
        if (phases.includes(phase)) continue;
        const desk = await AT[phase]();
        const [before, calls, sent] = [desk.flow.snapshot, [...desk.calls], desk.sent.length];
        await PRESS[verb](desk);
        await settled();
        assert.deepEqual(desk.flow.snapshot, before, verb);
        assert.deepEqual([desk.calls, desk.sent.length], [calls, sent], verb);
      }
    });
  }
});

test('no state is a dead end, and each can be reached', () => {
  const reached = new Set(Object.values(PHASES).flat());
  for (const phase of Object.keys(PHASES) as UploadPhase[]) {
    assert.ok(PHASES[phase].length > 0, phase);
    assert.ok(reached.has(phase), phase);
  }
});

test('what is uploaded or refused stays so', () => {
  assert.deepEqual([ITEM_PHASES.uploaded, ITEM_PHASES.refused], [[], []]);
});
