import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemBody } from '../../demo/base/problem.ts';
import { UploadError } from '../../src/errors.ts';
import { collect } from '../../src/identity/collect.ts';
import { PageClock } from '../support/page-clock.ts';

const asked = { broker: new URL('https://broker.example'), app: 'cases', secret: 's'.repeat(43) };
const code = { status: 'code', code: 'c-1', iss: 'https://broker.example/oidc', state: 's'.repeat(43) };
const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const lost = () => {
  throw new TypeError('fetch failed');
};

function rig(script: readonly (() => Response)[], clock = new PageClock(), pollMs = 20_000) {
  const sent: { url: string; body: unknown }[] = [];
  const controller = new AbortController();
  const fetch = async (url: URL, init: RequestInit) => {
    sent.push({ url: url.href, body: JSON.parse(String(init.body)) });
    const answer = script[sent.length - 1];
    if (!answer) {
      return new Promise<Response>((_, reject) => {
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    }
    await new Promise<void>((resolve) => clock.after(pollMs, resolve));
    return answer();
  };
  const ended = collect(asked, fetch, clock, controller.signal);
  ended.catch(() => {});
  return { ended, sent, clock, controller };
}

describe('collecting a sign-in', () => {
  test('asks again while the person is busy, and answers the code', async () => {
    const { ended, sent, clock } = rig([json({ status: 'pending' }), json({ status: 'pending' }), json(code)]);
    await clock.pass(60_000);
    assert.deepEqual(await ended, code);
    assert.equal(sent.length, 3);
    assert.deepEqual(sent[0], {
      url: 'https://broker.example/v1/sign-in/collect',
      body: { app: 'cases', secret: asked.secret },
    });
  });

  test('asks again where a connection stands open and nothing is said', async () => {
    const { sent, clock } = rig([]);
    await clock.pass(44_999);
    assert.equal(sent.length, 1);
    await clock.pass(1);
    assert.equal(sent.length, 2);
  });

  test('waits a second where the broker does not hold the poll', async () => {
    const { sent, clock } = rig([json({ status: 'pending' }), json({ status: 'pending' })], new PageClock(), 10);
    await clock.pass(500);
    assert.equal(sent.length, 1);
    await clock.pass(500);
    assert.equal(sent.length, 2);
  });

  test('goes on after a lost connection and after a broker that is busy or down', async () => {
    const busy = json(problemBody('slow_down'), 429);
    const { ended, clock } = rig([lost, busy, json('<html>', 502), json(code)], new PageClock(), 10);
    await clock.pass(10_000);
    assert.deepEqual(await ended, code);
  });

  for (const [error, expected] of [
    ['access_denied', 'sign_in_refused'],
    ['login_required', 'sign_in_lost'],
    ['server_error', 'sign_in_lost'],
    ['app_paused', 'app_paused'],
  ] as const) {
    test(`an end in ${error} is told as ${expected}`, async () => {
      const { ended, clock } = rig([json({ status: 'error', error })]);
      await clock.pass(20_000);
      await assert.rejects(ended, { code: expected });
    });
  }

  test('a problem of the broker is told by its code', async () => {
    const { ended, clock } = rig([json(problemBody('origin_not_allowed'), 403)]);
    await clock.pass(20_000);
    await assert.rejects(ended, { code: 'origin_not_allowed' });
  });

  test('an answer that fits no contract ends it', async () => {
    const { ended, clock } = rig([json({ status: 'code', code: 'c', iss: 'i', state: 'short' })]);
    await clock.pass(20_000);
    await assert.rejects(ended, { code: 'broker_unexpected' });
  });

  test('ends with the reason of the signal, while it waits too', async () => {
    const { ended, clock, controller } = rig([json({ status: 'pending' })], new PageClock(), 10);
    await clock.pass(100);
    controller.abort(new UploadError('sign_in_cancelled'));
    await assert.rejects(ended, { code: 'sign_in_cancelled' });
    assert.equal(clock.next, null);
  });
});
