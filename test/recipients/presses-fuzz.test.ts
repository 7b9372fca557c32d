import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, type TestContext, test } from 'node:test';
import * as fc from 'fast-check';
import { linkTold, mailStop } from '../../demo/recipients/schema.ts';
import { isProblemCode } from '../../src/contract/index.ts';
import type { Answer } from '../support/broker.ts';
import { codeOf, LinkRig, stopIn } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const RUNS = 40;
const OWN = 'https://broker.example';
const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom('\u0000', '__proto__', 'constructor', '\ud800', "' or 1=1 --", '../../etc', 'x'.repeat(5000), '%00'),
);
const anything = fc.oneof(strange, fc.jsonValue({ maxDepth: 2 }));

/** For an address; half a character becomes U+FFFD. */
const encoded = (text: string): string => new URLSearchParams({ text }).toString().slice('text='.length);

/** Bodies that almost fit. */
function almost(right: Record<string, unknown>) {
  const members = Object.entries(right).map(([name, value]) => [
    name,
    fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, anything),
  ]);
  const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(members);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ ...model, more: anything }, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );
}

function isAnswered(answer: Answer): void {
  assert.ok(answer.status < 500, `status ${answer.status}: ${JSON.stringify(answer.body)}`);
  if (answer.status >= 400) assert.ok(isProblemCode(codeOf(answer)));
}

/** The seed is told, so that what was found can be found again. */
async function hold<T>(t: TestContext, values: fc.Arbitrary<T>, law: (value: T) => Promise<void>): Promise<void> {
  const seed = Math.floor(Math.random() * 2 ** 31);
  t.diagnostic(`seed ${seed}`);
  await fc.assert(fc.asyncProperty(values, law), { numRuns: RUNS, seed });
}

describe('whatever a recipient or sender presses with, the answer is a problem with a code and never a 5xx', () => {
  let rig: LinkRig;
  // A press that was drawn may be a right one: the address it stops is no other test's.
  beforeEach(async () => {
    rig = await LinkRig.start();
  });
  afterEach(() => rig.close());

  test('asking, reporting, stopping; a press that no person made tells and stops nothing', async (t) => {
    const { token } = await rig.sentLink();
    const stop = stopIn(rig.sink.messages.at(-1));
    const right = { token, is_trusted: false, what: 'not_for_me', stopped: true };
    await hold(t, fc.tuple(almost(right), almost({ ...right, token: stop })), async ([body, other]) => {
      for (const step of ['ask', 'report', 'stop', 'stop/notice', 'code']) {
        for (const one of [body, other]) isAnswered(await rig.call(step, one));
      }
    });
    const left = [await rig.deps.db.q.select().from(linkTold), await rig.deps.db.q.select().from(mailStop)];
    const told = left.flat().length;
    for (const step of ['ask', 'report', 'stop']) {
      assert.equal(codeOf(await rig.call(step, { ...right, token: step === 'stop' ? stop : token })), 'not_a_person');
    }
    const now = [await rig.deps.db.q.select().from(linkTold), await rig.deps.db.q.select().from(mailStop)];
    assert.equal(now.flat().length, told);
  });

  test('beginning to sign in, and collecting it', async (t) => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    const right = { token, provider: 'acme-id', back: 'window', is_trusted: true, sign_in: 'A'.repeat(43) };
    await hold(t, almost(right), async (body) => {
      for (const step of ['sign-in', 'verify-sign-in']) {
        const proof = await key.headers(rig.deps, 'POST', `/v1/recipient/${step}`);
        const answer = await rig.call(step, body, { ...proof, origin: OWN });
        isAnswered(answer);
        assert.notEqual(answer.status, 200);
      }
    });
  });

  test('coming back from a provider with anything in the address and in the cookie', async (t) => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const ascii = fc.string({ maxLength: 60 }).map((one) => one.replace(/[^\x21-\x7e]/g, ''));
    await hold(
      t,
      fc.tuple(text, text, ascii, fc.constantFrom('acme-id', 'nobody', '%00', '__proto__')),
      async (way) => {
        const [state, code, cookie, provider] = way;
        const query = `state=r.${encoded(state)}&code=${encoded(code)}`;
        const path = `/sign-in/provider/${provider}?${query}`;
        const answer = await rig.send('GET', path, undefined, { cookie: `__Host-su_recipient=${cookie}` });
        isAnswered(answer);
        assert.equal(codeOf(answer), 'sign_in_lost');
      },
    );
  });

  test('the sender’s steps: looking at an address, showing beforehand, renewing, keeping, paging', async (t) => {
    const { id, files } = await rig.sentLink();
    const right = { ...rig.wish(files), language: 'en', claims: 1 };
    await hold(t, fc.tuple(almost(right), strange), async ([body, text]) => {
      const path = encoded(text).slice(0, 400) || '-';
      for (const step of ['recipient', 'preview', `${id}/renew`, `${path}/renew`, `${path}/keep`]) {
        isAnswered(await rig.asSender('POST', `/v1/links/${step}`, body));
      }
    });
  });

  test('a cursor of anything, or almost one of ours', async (t) => {
    const almostOurs = fc.tuple(fc.nat(), fc.oneof(strange, fc.constant('abcdefgh'))).map(([at, id]) => `${at}.${id}`);
    await hold(t, fc.oneof(strange, almostOurs), async (cursor) => {
      const query = new URLSearchParams({ cursor });
      isAnswered(await rig.asSender('GET', `/v1/links?${query}`));
    });
    const page = (at: string) => rig.asSender('GET', `/v1/links?cursor=${at}.abcdefgh`);
    for (const at of ['0', '00000000000000', '99999999999999']) assert.equal((await page(at)).status, 200);
    for (const at of ['999999999999999', '8640000000000001']) assert.equal(codeOf(await page(at)), 'bad_request');
  });
});
