import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { audit } from '../../demo/audit/schema.ts';
import { sweep } from '../../demo/broker/sweep.ts';
import { mailRoom } from '../../demo/uploads/room-told.ts';
import { roomWords } from '../../demo/uploads/room-words.ts';
import { quota } from '../../demo/uploads/schema.ts';
import { uploadAr } from '../../src/i18n/ar/upload.ts';
import { uploadDe } from '../../src/i18n/de/upload.ts';
import { uploadEn } from '../../src/i18n/upload-en.ts';
import { LinkRig } from '../support/link-rig.ts';

const GB = 1024 ** 3;
const DAY = 86_400;

describe('the room of an app that runs out', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
    await rig.deps.db.q.insert(quota).values({ holder: 'app:cases', cap: 50 * GB });
  });
  after(() => rig.close());

  /** After a sweep by each of two processes: the subjects that the app's owner got. */
  const subjectsAt = async (usedPercent: number, reservedPercent = 0) => {
    const [used, reserved] = [usedPercent, reservedPercent].map((percent) => Math.round((50 * GB * percent) / 100));
    await rig.deps.db.q.update(quota).set({ used, reserved }).where(eq(quota.holder, 'app:cases'));
    await Promise.all([sweep(rig.deps), sweep(rig.deps)]);
    return (await rig.deliver('room-mail')).map(({ to, subject }) => [...to, subject]);
  };
  const told = (subject: string) => [['owner@acme.example', subject]];

  test('is told of to its owners at 70, 90 and 100 percent, once each, and anew once ten points were free again', async () => {
    assert.deepEqual(await subjectsAt(69), []);
    assert.deepEqual(await subjectsAt(70), told('cases: 70 % of the space is used'));
    assert.deepEqual(await subjectsAt(75), []);
    assert.deepEqual(await subjectsAt(68), []);
    assert.deepEqual(await subjectsAt(72), [], 'it went down and up by a file');
    assert.deepEqual(await subjectsAt(80, 11), told('cases: almost full'), 'what is set aside counts');
    assert.deepEqual(await subjectsAt(99.5), told('cases: full. New uploads are stopped'));
    assert.deepEqual(await subjectsAt(95), []);
    assert.deepEqual(await subjectsAt(50), []);
    assert.deepEqual(await subjectsAt(92), told('cases: almost full'), 'only the highest');
    const acts = await rig.deps.db.q.select().from(audit).where(eq(audit.act, 'room.told'));
    assert.deepEqual(
      acts.map(({ facts }) => facts),
      [70, 90, 100, 90].map((percent) => ({ percent })),
    );
  });

  test('has a mail that says how much, when it is full at this pace, and what helps', async () => {
    for (let day = 0; day < 4; day += 1) {
      await rig.storeFile({ size: 1 * GB });
      rig.deps.clock.pass(DAY);
    }
    await subjectsAt(40);
    await subjectsAt(70);
    assert.equal(
      rig.sink.messages.at(-1)?.text.trimEnd(),
      `cases: 70 % of the space is used
35 GB of 50 GB.
At this pace it is full around Saturday 21 March 2026.

What helps
- Raise the limit
- Keep files shorter (now 365 days)
- Make photos smaller

Who runs the service can change this in the template case-files.`,
    );
  });

  test('is not mailed about once there is room again, or where there is no such app', async () => {
    const before = rig.sink.messages.length;
    await rig.deps.db.q.update(quota).set({ used: 0, reserved: 0 });
    const mailer = { send: () => assert.fail('sent') };
    await mailRoom(rig.deps, mailer, 'cases');
    await mailRoom(rig.deps, mailer, 'gone');
    assert.equal(rig.sink.messages.length, before);
  });
});

test('a full app tells its owners the very words that people see, in every language', async () => {
  const rig = await LinkRig.start();
  const app = rig.deps.registry.app('cases');
  await rig.close();
  const shown = { en: uploadEn.appFullHeading, de: uploadDe.appFullHeading, ar: uploadAr.appFullHeading };
  for (const lang of ['en', 'de', 'ar'] as const) {
    const record = { ...app.record, org: { ...app.record.org, language: lang } };
    const words = roomWords({ ...app, record }, { level: 100, used: 50 * GB, cap: 50 * GB, fullAt: null });
    assert.ok(words.text.includes(shown[lang]), words.text);
    assert.ok(words.html.includes(`<div lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"`), lang);
    assert.ok(words.html.includes(shown[lang]), lang);
  }
});
