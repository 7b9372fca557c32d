import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { COVER } from '../../demo/gallery/recipient-samples.ts';
import { CoverGlance } from '../../src/client/cover-glance.ts';
import { RecipientClient } from '../../src/client/recipient-client.ts';

const BROKER = new URL('https://broker.example');
const TOKEN = 'a'.repeat(43);
const { signal } = new AbortController();

/** Answers in turn; the last one again and again. */
function glance(...answers: (() => Response | Promise<Response>)[]) {
  const asked: { url: string; body: unknown }[] = [];
  const made = new CoverGlance(BROKER, TOKEN, async (url, init) => {
    asked.push({ url: url.href, body: JSON.parse(String(init.body)) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (!answer) throw new TypeError('no answer');
    return answer();
  });
  return { made, asked };
}
const client = ({ fetch }: CoverGlance) =>
  new RecipientClient(BROKER, TOKEN, { fetch, prove: async () => (url, init) => fetch(url, init) });
const open = { ...COVER, code: null };

describe('the first look at a link', () => {
  test('asks once, and whoever parses the answer later is given the same one', async () => {
    const { made, asked } = glance(() => Response.json(open));
    assert.deepEqual(await made.readCover(signal), open);
    assert.deepEqual(await client(made).notice(), open);
    assert.deepEqual(asked, [{ url: 'https://broker.example/v1/recipient/notice', body: { token: TOKEN } }]);
  });

  test('gives the first answer away once: the next question goes out', async () => {
    const { made, asked } = glance(() => Response.json(open));
    await made.readCover(signal);
    const calls = client(made);
    await calls.notice();
    await calls.notice();
    assert.equal(asked.length, 2);
  });

  test('hands a refusal on as the broker gave it', async () => {
    const { made } = glance(() => Response.json({ oddly: 'said' }, { status: 503 }));
    assert.equal(await made.readCover(signal), null);
    await assert.rejects(client(made).notice(), { code: 'broker_down' });
  });

  test('hands on that nobody answered', async () => {
    const { made } = glance(() => Promise.reject(new TypeError('Failed to fetch')));
    assert.equal(await made.readCover(signal), null);
    await assert.rejects(client(made).notice(), { code: 'broker_down' });
  });

  const others: Readonly<Record<string, object>> = {
    'has ended': { ...open, state: 'claimed' },
    'has a code out': { ...open, code: { sent_at: '2026-11-22T13:02:00Z' } },
    'is paused after wrong codes': { ...open, locked_until: '2026-11-22T14:04:00Z' },
    'has no sender': { ...open, sender: null },
    'has a date that is none': { ...open, expires_at: 'soon' },
  };
  for (const [what, answer] of Object.entries(others)) {
    test(`shows no cover of a link that ${what}`, async () => {
      const { made } = glance(() => Response.json(answer));
      assert.equal(await made.readCover(signal), null);
    });
  }
});
