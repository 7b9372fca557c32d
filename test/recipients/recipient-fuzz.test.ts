import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { link } from '../../demo/recipients/schema.ts';
import { isProblemCode } from '../../src/contract/index.ts';
import type { Answer } from '../support/broker.ts';
import { codeOf, LinkRig } from '../support/link-rig.ts';
import { PageKey } from '../support/page-key.ts';

const RUNS = 60;
const strange = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '\u0000',
    '__proto__',
    'constructor',
    '\ud800',
    "' or 1=1 --",
    '../../etc',
    'x'.repeat(5000),
    '𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠',
  ),
);
const anything = fc.oneof(strange, fc.jsonValue({ maxDepth: 2 }));

/** Bodies that almost fit: some members right, others anything, missing or more. */
function almost(right: Record<string, unknown>) {
  const members = Object.fromEntries(
    Object.entries(right).map(([name, value]) => [
      name,
      fc.oneof({ weight: 2, arbitrary: fc.constant(value) }, anything),
    ]),
  );
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ ...members, more: anything }, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );
}

function isAnswered(answer: Answer): void {
  assert.ok(answer.status < 500, `status ${answer.status}: ${JSON.stringify(answer.body)}`);
  if (answer.status >= 400) assert.ok(isProblemCode(codeOf(answer)));
}

describe('whatever is sent, the answer is a problem with a code and never a 5xx', () => {
  let rig: LinkRig;
  before(async () => {
    rig = await LinkRig.start();
  });
  after(() => rig.close());
  // What one test sent must not use up the hour's mails of the next.
  afterEach(() => rig.deps.clock.pass(3600));

  test('making a link', async () => {
    const right = { ...rig.wish([await rig.storeFile()]), language: 'en' };
    await fc.assert(
      fc.asyncProperty(almost(right), async (body) => isAnswered(await rig.asSender('POST', '/v1/links', body))),
      { numRuns: RUNS },
    );
  });

  test('making a link with any purpose, address or language as text', async () => {
    const files = [await rig.storeFile()];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('purpose', 'recipient', 'language', 'expires_at'), strange, async (name, text) =>
        isAnswered(await rig.asSender('POST', '/v1/links', rig.wish(files, { [name]: text }))),
      ),
      { numRuns: RUNS },
    );
  });

  test('notice, code and verify', async () => {
    const { token } = await rig.sentLink();
    const key = await PageKey.make();
    await fc.assert(
      fc.asyncProperty(almost({ token, code: '12345678' }), async (body) => {
        for (const step of ['notice', 'code', 'verify']) {
          const headers = await key.headers(rig.deps, 'POST', `/v1/recipient/${step}`);
          isAnswered(await rig.call(step, body, headers));
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('decide, claim and withdraw with a good token: nothing but a whole answer changes the link', async () => {
    const { id, token } = await rig.sentLink();
    const key = await PageKey.make();
    const shown = await rig.proven(token, key);
    const nearly = {
      decision: 'accept',
      notice_sha256: shown.sha256,
      nonce: 'A'.repeat(43),
      surface: 'page',
      is_trusted: true,
    };
    await fc.assert(
      fc.asyncProperty(almost(nearly), async (body) => {
        for (const step of ['decide', 'claim', 'withdraw']) {
          const answer = await rig.asRecipient(step, shown.recipient_token, key, body);
          isAnswered(answer);
          assert.notEqual(answer.status, 200);
        }
      }),
      { numRuns: RUNS },
    );
    const [row] = await rig.deps.db.q.select().from(link).where(eq(link.id, id));
    assert.deepEqual([row?.decision, row?.claimsUsed, row?.withdrawnAt], [null, 0, null]);
  });

  test('any tokens and proofs', async () => {
    const ascii = fc.string({ maxLength: 80 }).map((text) => text.replace(/[^\x21-\x7e]/g, ''));
    await fc.assert(
      fc.asyncProperty(
        ascii,
        ascii,
        fc.constantFrom('decide', 'claim', 'withdraw', 'verify'),
        async (one, two, step) => {
          const answer = await rig.call(step, {}, { authorization: `DPoP ${one}`, dpop: two });
          isAnswered(answer);
          assert.equal(answer.status, 401);
        },
      ),
      { numRuns: RUNS },
    );
  });

  test('bodies that are no JSON, too large, or of another type', async () => {
    for (const step of ['notice', 'code']) {
      for (const body of ['', '{', '[]', 'null', '"x"', '\u0000']) {
        assert.equal(codeOf(await rig.call(step, body)), 'bad_request');
      }
      assert.equal(codeOf(await rig.call(step, { token: 'x'.repeat(300_000) })), 'body_large');
      assert.equal(codeOf(await rig.call(step, 'token=x', { 'content-type': 'text/plain' })), 'bad_request');
    }
  });
});
