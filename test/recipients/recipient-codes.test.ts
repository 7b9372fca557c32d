import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import { link, linkCode } from '../../demo/recipients/schema.ts';
import type { CodeState } from '../../src/contract/index.ts';
import { codeIn, codeOf, figuresOf, LinkRig, otherCode } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const inSeconds = (rig: LinkRig, seconds: number) => new Date(rig.deps.now() + seconds * 1000).toISOString();

describe('asking for a code', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('sends one mail, and the cover tells of it from then on', async () => {
    const { token } = await rig.sentLink();
    const answer = await rig.call('code', { token });
    const expected: CodeState = {
      sent_at: inSeconds(rig, 0),
      expires_at: inSeconds(rig, 600),
      next_mail_at: inSeconds(rig, 45),
      mails_left: 2,
      tries_left: 5,
    };
    assert.deepEqual(answer.body, expected);
    assert.equal((await rig.deliver('code-mail')).length, 1);
    rig.deps.clock.pass(10);
    assert.deepEqual((await rig.cover(token)).code, expected);
  });

  test('again within 45 seconds answers the code that is out and sends nothing, also to 20 at once', async () => {
    const { token } = await rig.sentLink();
    const first = await rig.call('code', { token });
    rig.deps.clock.pass(44);
    const again = await Promise.all(Array.from({ length: 20 }, () => rig.call('code', { token })));
    for (const answer of again) assert.deepEqual([answer.status, answer.body], [200, first.body]);
    assert.equal((await rig.deliver('code-mail')).length, 1);
    rig.deps.clock.pass(1);
    assert.equal((await rig.call('code', { token })).status, 200);
    assert.equal((await rig.deliver('code-mail')).length, 1);
  });

  test('three times an hour and no more: the fourth is told when', async () => {
    const { token } = await rig.sentLink();
    const first = inSeconds(rig, 3600);
    for (let mail = 0; mail < 3; mail++) {
      const { body } = await rig.call('code', { token });
      assert.equal((body as CodeState).mails_left, 2 - mail);
      rig.deps.clock.pass(60);
    }
    const refused = await rig.call('code', { token });
    assert.deepEqual([refused.status, codeOf(refused), figuresOf(refused)], [429, 'mail_limit', { until: first }]);
    assert.equal((await rig.cover(token)).code?.next_mail_at, first);
    assert.equal((await rig.deliver('code-mail')).length, 3);
    rig.deps.clock.pass(3600 - 180 - 1);
    assert.equal(codeOf(await rig.call('code', { token })), 'mail_limit');
    rig.deps.clock.pass(1);
    assert.equal((await rig.call('code', { token })).status, 200);
  });

  test('of one link does not use up the mails of another', async () => {
    const [one, two] = [await rig.sentLink(), await rig.sentLink()];
    for (let mail = 0; mail < 3; mail++) {
      await rig.call('code', { token: one.token });
      rig.deps.clock.pass(60);
    }
    assert.equal((await rig.call('code', { token: one.token })).status, 429);
    assert.equal((await rig.call('code', { token: two.token })).status, 200);
  });

  test('keeps a hash of the code and nothing else, and a code that was never mailed opens nothing', async () => {
    const { id, token } = await rig.sentLink();
    await rig.call('code', { token });
    const key = await PageKey.make();
    assert.equal(codeOf(await rig.verify(token, '00000000', key)), 'code_wrong');
    const [mail] = await rig.deliver('code-mail');
    const code = codeIn(mail);
    const rows = await rig.deps.db.q.select().from(linkCode).where(eq(linkCode.link, id));
    assert.equal(JSON.stringify(rows).includes(code), false);
    assert.equal(rows[0]?.codeHash?.byteLength, 32);
    assert.equal(JSON.stringify(rig.jobs.sent).includes(code), false);
    assert.equal(rig.deps.logged.join().includes(code), false);
    assert.equal((await rig.verify(token, code, key)).status, 200);
  });
});

describe('entering a code', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());

  test('right opens the link once; a used code is old to everybody else', async () => {
    const { token } = await rig.sentLink();
    const code = await rig.mailedCode(token);
    assert.equal((await rig.verify(token, code, await PageKey.make())).status, 200);
    assert.equal(codeOf(await rig.verify(token, code, await PageKey.make())), 'code_old');
    assert.equal((await rig.cover(token)).code, null);
  });

  test('of the wrong shape is no try', async () => {
    const { token } = await rig.sentLink();
    const code = await rig.mailedCode(token);
    const key = await PageKey.make();
    for (const wrong of ['1234567', '123456789', 'abcdefgh', '1234 5678', '', '１２３４５６７８']) {
      const answer = await rig.verify(token, wrong, key);
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'code_format']);
    }
    assert.equal((await rig.cover(token)).code?.tries_left, 5);
    assert.equal((await rig.verify(token, code, key)).status, 200);
  });

  test('wrong counts down; the fifth ends the code, even for the right one', async () => {
    const { token } = await rig.sentLink();
    const code = await rig.mailedCode(token);
    const key = await PageKey.make();
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await rig.verify(token, otherCode(code), key);
      assert.deepEqual([answer.status, codeOf(answer), figuresOf(answer)], [403, 'code_wrong', { tries_left: left }]);
      assert.equal((await rig.cover(token)).code?.tries_left, left);
    }
    const ended = await rig.verify(token, code, key);
    assert.deepEqual([ended.status, codeOf(ended)], [410, 'code_old']);
    const early = await rig.call('code', { token });
    assert.deepEqual([codeOf(early), figuresOf(early)], ['mail_limit', { until: inSeconds(rig, 45) }]);
    rig.deps.clock.pass(45);
    assert.equal((await rig.verify(token, await rig.mailedCode(token), key)).status, 200);
  });

  test('works for ten minutes and not a second longer', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const code = await rig.mailedCode(token);
    rig.deps.clock.pass(600);
    assert.equal(codeOf(await rig.verify(token, code, key)), 'code_old');
    assert.equal((await rig.cover(token)).code, null);
    const next = await rig.mailedCode(token);
    rig.deps.clock.pass(599);
    assert.equal((await rig.verify(token, next, key)).status, 200);
  });

  test('a newer code replaces the older one, which is then told to be old', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const first = await rig.mailedCode(token);
    rig.deps.clock.pass(45);
    const second = await rig.mailedCode(token);
    assert.equal(codeOf(await rig.verify(token, first, key)), 'code_old');
    assert.equal((await rig.cover(token)).code?.tries_left, 4);
    assert.equal((await rig.verify(token, second, key)).status, 200);
  });

  test('without having asked for one is told to ask', async () => {
    const { token } = await rig.sentLink();
    assert.equal(codeOf(await rig.verify(token, '12345678', await PageKey.make())), 'code_old');
  });

  test('of one link does not open another', async () => {
    const [one, two] = [await rig.sentLink(), await rig.sentLink()];
    const code = await rig.mailedCode(one.token);
    await rig.mailedCode(two.token);
    assert.equal(codeOf(await rig.verify(two.token, code, await PageKey.make())), 'code_wrong');
  });

  test('wrong fifteen times in all pauses codes for an hour; the link stays, and the count begins anew', async () => {
    const { id, token } = await rig.sentLink();
    const key = await PageKey.make();
    let code = '';
    for (let mail = 0; mail < 3; mail++) {
      code = await rig.mailedCode(token);
      for (let guess = 0; guess < 5; guess++) {
        const answer = await rig.verify(token, otherCode(code), key);
        const isLast = mail === 2 && guess === 4;
        assert.equal(codeOf(answer), isLast ? 'code_locked' : 'code_wrong');
        if (isLast) assert.deepEqual([answer.status, figuresOf(answer)], [429, { until: inSeconds(rig, 3600) }]);
      }
      if (mail < 2) rig.deps.clock.pass(60);
    }
    const until = inSeconds(rig, 3600);
    const cover = await rig.cover(token);
    assert.deepEqual([cover.state, cover.locked_until], ['open', until]);
    for (const answer of [await rig.call('code', { token }), await rig.verify(token, code, key)]) {
      assert.deepEqual([codeOf(answer), figuresOf(answer)], ['code_locked', { until }]);
    }
    rig.deps.clock.pass(3599);
    assert.equal(codeOf(await rig.call('code', { token })), 'code_locked');
    rig.deps.clock.pass(1);
    assert.equal((await rig.cover(token)).locked_until, undefined);
    assert.equal((await rig.verify(token, await rig.mailedCode(token), key)).status, 200);
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    assert.equal(row?.wrongCodes, 0);
  });
});
