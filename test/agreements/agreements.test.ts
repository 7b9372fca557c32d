import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { audit } from '../../demo/audit/schema.ts';

import { Agreements, agreementNotice, canonical, type ProblemBody, type Purpose } from '../../src/contract/index.ts';
import { bytes, PDF } from '../policy/files.ts';
import type { Answer } from '../support/broker.ts';
import type { Who } from '../support/page-key.ts';
import { factsOf, UploadRig } from '../support/upload-rig.ts';

const SHARE: Purpose = {
  id: 'share',
  version: 1,
  needed: true,
  label: { en: 'I may share these files.', de: 'Ich darf sie weitergeben.' },
  explanation: { en: 'You took them yourself.', de: 'Von Ihnen selbst.' },
};
const TRAINING: Purpose = {
  id: 'training',
  version: 1,
  needed: false,
  label: { en: 'You may train with them.' },
  explanation: { en: 'Without your name.' },
};

describe('what people agree to before they upload', () => {
  let rig: UploadRig;
  /** What the templates ask at this moment. */
  let purposes: Purpose[] = [SHARE, TRAINING];
  before(async () => {
    rig = await UploadRig.start({
      template: (template) => ({
        ...template,
        get purposes() {
          return purposes;
        },
      }),
    });
  });
  after(() => rig.close());

  const org = { name: 'acme Ltd', contact: 'help@acme.example' };
  const noticeOf = (ids: readonly string[], language = 'en') =>
    canonical(agreementNotice({ app: 'cases', org, purposes }, new Set(ids), language));
  const hash = (notice: string) => createHash('sha256').update(notice).digest('base64');
  const given = (ticks: Record<string, boolean>, language = 'en') => ({
    notice_sha256: hash(noticeOf(Object.keys(ticks), language)),
    language,
    purposes: Object.entries(ticks).map(([id, agreed]) => ({ id, agreed })),
  });
  const agree = (who: Who, ticks: Record<string, boolean>, language?: string) =>
    rig.call('POST', '/v1/agreements', given(ticks, language), who);
  const start = (who: Who) =>
    rig.post('/v1/uploads', { files: [factsOf('a.pdf', 'application/pdf', bytes(PDF, 'a'))] }, who);
  const codeOf = ({ status, body }: Answer) => [status, (body as ProblemBody).code];
  const answersOf = (answer: Answer) =>
    v.parse(Agreements, answer.body).answers.map(({ id, agreed }) => `${id} ${agreed}`);
  const actsOf = async (person: string) => {
    const rows = await rig.deps.db.q
      .select()
      .from(audit)
      .where(eq(audit.actor, `person:${person}`))
      .orderBy(audit.seq);
    return rows.map(({ act, subject, facts }) => ({ act, subject, facts }));
  };

  test('no upload starts before the needed ones are agreed to, whatever the client says', async () => {
    const who = { person: 'liar' };
    assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
    assert.equal((await agree(who, { training: true })).status, 201);
    assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
    assert.equal((await agree(who, { share: false, training: true })).status, 201);
    assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
    assert.deepEqual((await rig.room('cases', 'liar')).person, [0, 0]);
  });

  test('with them it starts, and the others stay a choice', async () => {
    const who = { person: 'anna' };
    assert.deepEqual(answersOf(await agree(who, { share: true, training: false })), ['share true', 'training false']);
    assert.equal((await start(who)).status, 201);
    assert.deepEqual(answersOf(await rig.call('GET', '/v1/agreements', undefined, who)), [
      'share true',
      'training false',
    ]);
  });

  test('the notice word for word, its hash, each tick and each empty box are one act, which the uploads name', async () => {
    const who = { person: 'ben' };
    await agree(who, { share: true, training: false }, 'de-AT');
    await start(who);
    const [act, upload] = await actsOf('ben');
    // One of the two has no German words, so all of it was shown in English.
    const notice = noticeOf(['share', 'training'], 'en');
    assert.equal(
      notice,
      '{"app":"cases","controller":{"contact":"help@acme.example","name":"acme Ltd"},"language":"en","purposes":[' +
        '{"explanation":"You took them yourself.","id":"share","label":"I may share these files.","needed":true,"version":1},' +
        '{"explanation":"Without your name.","id":"training","label":"You may train with them.","needed":false,"version":1}' +
        '],"version":1}',
    );
    const facts = { notice, notice_sha256: hash(notice), language: 'en', agreed: 'share', declined: 'training' };
    assert.deepEqual([act?.act, act?.facts], ['agreement.given', facts]);
    assert.deepEqual([upload?.act, upload?.facts.agreements], ['upload.granted', act?.subject]);
  });

  test('a notice in the language that was asked for where all of it has that language', () => {
    const notice = agreementNotice({ app: 'cases', org, purposes }, new Set(['share']), 'de-AT');
    assert.deepEqual([notice.language, notice.purposes[0]?.label], ['de', 'Ich darf sie weitergeben.']);
  });

  test('other words than those of this moment are refused, and nothing is kept', async () => {
    const who = { person: 'cleo' };
    const lies = [
      { ...given({ share: true }), notice_sha256: hash('something else') },
      { ...given({ share: true }), language: 'de' },
      { ...given({ share: true, training: true }), purposes: [{ id: 'share', agreed: true }] },
      {
        ...given({ share: true }),
        purposes: [
          { id: 'share', agreed: true },
          { id: 'share', agreed: true },
        ],
      },
      { ...given({}), purposes: [{ id: 'unheard-of', agreed: true }] },
    ];
    for (const lie of lies) {
      assert.deepEqual(codeOf(await rig.call('POST', '/v1/agreements', lie, who)), [409, 'notice_stale']);
    }
    assert.deepEqual(await actsOf('cleo'), []);
    assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
  });

  test('each person, and each app, is asked on its own', async () => {
    await agree({ person: 'dora' }, { share: true });
    assert.deepEqual(codeOf(await start({ person: 'emil' })), [403, 'consent_needed']);
    assert.deepEqual(codeOf(await start({ person: 'dora', app: 'photos' })), [403, 'consent_needed']);
    assert.equal((await start({ person: 'dora' })).status, 201);
  });

  test('what has changed is asked anew, and what was said before holds no more', async () => {
    const who = { person: 'fay' };
    const before = given({ share: true, training: true });
    await agree(who, { share: true, training: true });
    purposes = [{ ...SHARE, version: 2, label: { en: 'I may share and sell these files.' } }, TRAINING];
    try {
      assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
      assert.deepEqual(answersOf(await rig.call('GET', '/v1/agreements', undefined, who)), ['training true']);
      assert.deepEqual(codeOf(await rig.call('POST', '/v1/agreements', before, who)), [409, 'notice_stale']);
      assert.deepEqual(answersOf(await agree(who, { share: true })), ['share true', 'training true']);
      assert.equal((await start(who)).status, 201);
    } finally {
      purposes = [SHARE, TRAINING];
    }
  });

  test('the last answer counts: who says no again uploads nothing more', async () => {
    const who = { person: 'gus' };
    await agree(who, { share: true });
    assert.equal((await start(who)).status, 201);
    await agree(who, { share: false });
    assert.deepEqual(codeOf(await start(who)), [403, 'consent_needed']);
    assert.deepEqual(
      (await actsOf('gus')).map(({ act, facts }) => [act, facts.agreed ?? null, facts.declined ?? null]),
      [
        ['agreement.given', 'share', ''],
        ['upload.granted', null, null],
        ['agreement.given', '', 'share'],
      ],
    );
  });

  test('a start that was answered once is answered again, whatever was said meanwhile', async () => {
    const who = { person: 'hedi' };
    await agree(who, { share: true });
    const body = { files: [factsOf('a.pdf', 'application/pdf', bytes(PDF, 'a'))] };
    const first = await rig.post('/v1/uploads', body, who, 'one-key');
    await agree(who, { share: false });
    const again = await rig.post('/v1/uploads', body, who, 'one-key');
    assert.deepEqual([first.status, again.status], [201, 201]);
    assert.equal((again.body as { batch: string }).batch, (first.body as { batch: string }).batch);
  });
});
