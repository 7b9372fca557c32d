import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { and, eq } from 'drizzle-orm';
import { LIMITS } from '../../demo/context/limits.ts';
import { LIVES } from '../../demo/context/lives.ts';
import { linkAccess } from '../../demo/recipients/schema.ts';
import { BadSetting, readSettings } from '../../demo/settings.ts';
import type { Claimed } from '../../src/contract/index.ts';
import { TEST_APPS } from '../support/broker.ts';
import { codeOf, figuresOf, LinkRig, otherCode } from '../support/link-rig.ts';
import { OddProvider } from '../support/odd-provider.ts';
import { PageKey } from '../support/page-key.ts';

const HOUR = 3600;
const DAY = 86_400;

let rig: LinkRig;
let odd: OddProvider;
let key: PageKey;
before(async () => {
  odd = await OddProvider.start();
  const provider = { id: 'odd', name: 'Odd', issuer: odd.issuer, clientId: 'broker', clientSecret: 'not-a-secret' };
  rig = await LinkRig.start({
    providers: [{ ...provider, domains: ['mail.example.org'] }],
    apps: TEST_APPS.map((app) => ({ ...app, recipient_providers: ['odd'] })),
  });
  key = await PageKey.make();
});
after(async () => {
  odd.close();
  await rig.close();
});

const at = (seconds: number) => new Date(rig.deps.now() + seconds * 1000).toISOString();
const code = (token: string) => rig.call('code', { token });
/** So many wrong codes, of one mail. */
const guess = async (token: string, times: number): Promise<string> => {
  const right = await rig.mailedCode(token);
  let last = '';
  for (let one = 0; one < times; one++) last = codeOf(await rig.verify(token, otherCode(right), key));
  return last;
};
const send = async (wish: Record<string, unknown>, who = {}) =>
  rig.asSender('POST', '/v1/links', rig.wish([await rig.storeFile(who)], wish), who);

/** What another value changes, to the second or the very count: variable, value, what is seen. */
const WATCHED: Readonly<Record<string, readonly [value: number, watch: (value: number) => Promise<void>]>> = {
  RECIPIENT_SECONDS: [
    120,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const { recipient_token } = await rig.proven(token, key);
      rig.deps.clock.pass(seconds - 1);
      assert.equal(codeOf(await rig.asRecipient('claim', recipient_token, key)), 'notice_stale');
      rig.deps.clock.pass(1);
      assert.equal(codeOf(await rig.asRecipient('claim', recipient_token, key)), 'sign_in_ended');
    },
  ],
  SIGN_IN_SECONDS: [
    130,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const [start, collect] = ['/v1/recipient/sign-in', '/v1/recipient/verify-sign-in'];
      const headers = { origin: 'https://broker.example', ...(await key.headers(rig.deps, 'POST', start)) };
      const wish = { token, provider: 'odd', back: 'page', is_trusted: true };
      const begun = (await rig.send('POST', start, wish, headers)).body as { sign_in: string; expires_at: string };
      assert.equal(begun.expires_at, at(seconds));
      const state = async () => {
        const body = { token, sign_in: begun.sign_in };
        return (await rig.send('POST', collect, body, await key.headers(rig.deps, 'POST', collect))).status;
      };
      rig.deps.clock.pass(seconds - 1);
      assert.equal(await state(), 200);
      rig.deps.clock.pass(1);
      assert.notEqual(await state(), 200);
    },
  ],
  PROOF_SKEW_SECONDS: [
    60,
    async (seconds) => {
      const most = (rig.deps.registry.app('cases').template.links?.max_days ?? 0) * DAY;
      assert.equal((await send({ expires_at: at(most + seconds) })).status, 201);
      assert.equal((await send({ expires_at: at(most + seconds + 1) })).status, 400);
    },
  ],
  DOWNLOAD_SECONDS: [
    30,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const { verified } = await rig.accepted(token, key);
      const { files } = (await rig.asRecipient('claim', verified.recipient_token, key)).body as Claimed;
      assert.equal(files[0]?.expires_at, at(seconds));
    },
  ],
  CODE_SECONDS: [
    120,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const right = await rig.mailedCode(token);
      rig.deps.clock.pass(seconds - 1);
      assert.equal(codeOf(await rig.verify(token, otherCode(right), key)), 'code_wrong');
      rig.deps.clock.pass(1);
      assert.equal(codeOf(await rig.verify(token, right, key)), 'code_old');
    },
  ],
  CODES_AN_HOUR: [
    1,
    async () => {
      const { token } = await rig.sentLink();
      const until = at(HOUR);
      assert.equal((await code(token)).status, 200);
      rig.deps.clock.pass(60);
      const refused = await code(token);
      assert.deepEqual([codeOf(refused), figuresOf(refused)], ['mail_limit', { until }]);
    },
  ],
  CODE_WAIT_SECONDS: [
    15,
    async (seconds) => {
      const { token } = await rig.sentLink();
      await code(token);
      const mails = [(await rig.deliver('code-mail')).length];
      for (const pass of [seconds - 1, 1]) {
        rig.deps.clock.pass(pass);
        assert.equal((await code(token)).status, 200);
        mails.push((await rig.deliver('code-mail')).length);
      }
      assert.deepEqual(mails, [1, 0, 1]);
    },
  ],
  CODE_TRIES: [
    2,
    async (tries) => {
      const { token } = await rig.sentLink();
      const right = await rig.mailedCode(token);
      for (let left = tries - 1; left >= 0; left--) {
        assert.deepEqual(figuresOf(await rig.verify(token, otherCode(right), key)), { tries_left: left });
      }
      assert.equal(codeOf(await rig.verify(token, right, key)), 'code_old');
    },
  ],
  CODE_WRONG_IN_ALL: [
    3,
    async (wrong) => {
      const { token } = await rig.sentLink();
      assert.equal(await guess(token, wrong - 1), 'code_wrong');
      rig.deps.clock.pass(60);
      assert.equal(await guess(token, 1), 'code_locked');
    },
  ],
  CODE_PAUSE_SECONDS: [
    600,
    async (seconds) => {
      const { token } = await rig.sentLink();
      for (const end of ['code_wrong', 'code_wrong', 'code_locked']) {
        assert.equal(await guess(token, 5), end);
        if (end === 'code_wrong') rig.deps.clock.pass(1500);
      }
      rig.deps.clock.pass(seconds - 1);
      assert.equal(codeOf(await code(token)), 'code_locked');
      rig.deps.clock.pass(1);
      assert.equal((await code(token)).status, 200);
    },
  ],
  MAILS_TO_ADDRESS_AN_HOUR: [
    2,
    async (limit) => {
      const wish = { recipient: 'capped@mail.example.org' };
      for (let mail = 0; mail < limit; mail++) assert.equal((await send(wish)).status, 201);
      const refused = await send(wish);
      assert.deepEqual([codeOf(refused), figuresOf(refused)], ['address_busy', { limit, until: at(HOUR) }]);
    },
  ],
  LINKS_BY_SENDER_A_DAY: [
    2,
    async (limit) => {
      const who = { person: 'person-2' };
      for (let mail = 0; mail < limit; mail++) assert.equal((await send({}, who)).status, 201);
      const refused = await send({}, who);
      assert.deepEqual([codeOf(refused), figuresOf(refused)], ['sender_busy', { limit, until: at(DAY) }]);
    },
  ],
  ASK_AGAIN_SECONDS: [
    HOUR,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const ask = async () => ((await rig.call('ask', { token, is_trusted: true })).body as { at: string }).at;
      const first = await ask();
      rig.deps.clock.pass(seconds - 1);
      assert.deepEqual([await ask(), (await rig.cover(token)).asked_at], [first, first]);
      rig.deps.clock.pass(1);
      assert.equal((await rig.cover(token)).asked_at, undefined);
      assert.equal(await ask(), at(0));
    },
  ],
  RECEIPT_MAIL_SECONDS: [
    60,
    async (seconds) => {
      const { token } = await rig.sentLink();
      const { verified } = await rig.accepted(token, key);
      const again = () => rig.asRecipient('receipt/mail', verified.recipient_token, key);
      assert.equal((await again()).status, 200);
      rig.deps.clock.pass(seconds - 1);
      const early = await again();
      assert.deepEqual([codeOf(early), figuresOf(early)], ['mail_limit', { until: at(1) }]);
      rig.deps.clock.pass(1);
      assert.equal((await again()).status, 200);
    },
  ],
  ONE_MAIL_SECONDS: [
    60,
    async (seconds) => {
      for (const [pass, mails] of [
        [seconds, 1],
        [seconds + 1, 2],
      ] as const) {
        const { token } = await rig.sentLink();
        const { verified } = await rig.accepted(token, key);
        rig.deps.clock.pass(pass);
        await rig.asRecipient('claim', verified.recipient_token, key);
        assert.equal((await rig.deliver('sender-mail')).length, mails);
      }
    },
  ],
  LOOK_AGAIN_SECONDS: [
    60,
    async (seconds) => {
      const { id, token } = await rig.sentLink();
      const looks = async () => {
        await rig.cover(token);
        const here = and(eq(linkAccess.link, id), eq(linkAccess.act, 'opened'));
        return (await rig.deps.db.q.select().from(linkAccess).where(here)).length;
      };
      const seen = [await looks()];
      for (const pass of [seconds - 1, 1]) {
        rig.deps.clock.pass(pass);
        seen.push(await looks());
      }
      assert.deepEqual(seen, [1, 1, 2]);
    },
  ],
};

describe('a number of recipients that the environment sets counts at once', () => {
  for (const [variable, [value, watch]] of Object.entries(WATCHED)) {
    test(`${variable}=${value}`, async () => {
      const usual = structuredClone({
        times: rig.deps.config.times,
        codes: rig.deps.config.codes,
        mails: rig.deps.config.mails,
      });
      const { times, codes, mails } = readSettings({ [variable]: String(value) });
      const isOfMails = variable in { MAILS_TO_ADDRESS_AN_HOUR: 1, LINKS_BY_SENDER_A_DAY: 1 };
      Object.assign(rig.deps.config, { times, codes, ...(isOfMails && { mails }) });
      try {
        await watch(value);
      } finally {
        Object.assign(rig.deps.config, usual);
        rig.deps.clock.pass(25 * HOUR); // The next row finds nothing counted.
      }
    });
  }

  test('and none is left out: what the code reads has a variable, and every variable of recipients is watched', () => {
    const folders = ['demo/recipients', 'demo/recipients/consent'];
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
    const sources = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
    const read = new Set(sources.flatMap((text) => [...text.matchAll(/\btimes\.(\w+)/g)].map(([, name = '']) => name)));
    assert.ok(read.size >= 8, [...read].join());
    const lives = Object.entries(LIVES).filter(([life]) => read.has(life));
    assert.deepEqual(lives.map(([life]) => life).sort(), [...read].sort());
    const ranges = [...lives.map(([, one]) => one), ...Object.values(LIMITS.codes), ...Object.values(LIMITS.mails)];
    assert.deepEqual(Object.keys(WATCHED).sort(), ranges.map(({ variable }) => variable).sort());
    // A time in the code itself; units and the size of a page of rows are none.
    const fixed = sources.flatMap(
      (text) => text.match(/^(?:export )?const (?!DAY_MS|PAGE|VERSION|ADDRESSES)[A-Z_]+ = [\d_]+;/gm) ?? [],
    );
    assert.deepEqual(fixed, []);
  });

  for (const { variable, what, least, most } of Object.values(LIMITS).flatMap((group) => Object.values(group))) {
    test(`${variable} is ${least} to ${most}`, () => {
      for (const number of [least, most]) assert.doesNotThrow(() => readSettings({ [variable]: String(number) }));
      for (const number of [least - 1, most + 1]) {
        const message = `${variable} is ${number}. ${what} must be ${least} to ${most}.`;
        assert.throws(() => readSettings({ [variable]: String(number) }), { message });
      }
      assert.throws(() => readSettings({ [variable]: '3.5' }), BadSetting);
    });
  }
});
