import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { problemBody } from '../../demo/base/problem.ts';
import { AppClient } from '../../src/client/app-source.ts';
import { BrokerClient } from '../../src/client/broker-client.ts';
import { PROBLEMS, type ProblemCode } from '../../src/contract/index.ts';
import { UploadError } from '../../src/errors.ts';

const BROKER = new URL('https://broker.example');
const SHA = `${'A'.repeat(43)}=`;
const started = { batch: 'batch-0001', reference: '7F3K92QD', files: [] };

function rig(answer: () => Response | Promise<Response>) {
  const sent: { url: string; method: string; headers: Headers; body: unknown }[] = [];
  const client = new BrokerClient(BROKER, async (url, init) => {
    const body = init.body === undefined ? undefined : JSON.parse(String(init.body));
    sent.push({ url: url.href, method: init.method ?? 'GET', headers: new Headers(init.headers), body });
    return answer();
  });
  return { client, sent };
}

const status = (answer: () => Response | Promise<Response>) => rig(answer).client.uploadStatus('upload-01');

describe('calls to the broker', () => {
  for (const code of Object.keys(PROBLEMS) as ProblemCode[]) {
    test(`a refusal ${code} becomes an UploadError of that code`, async () => {
      const body = problemBody(code, { figures: { limit: 5 } });
      await assert.rejects(
        status(() => Response.json(body, { status: body.status, headers: { 'Retry-After': '7' } })),
        (error: unknown) =>
          error instanceof UploadError &&
          error.code === code &&
          error.message === code &&
          error.retryAfterMs === 7000 &&
          error.problem?.figures?.limit === 5,
      );
    });
  }

  for (const [what, answer, code] of [
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'broker_down'],
    ['a gateway that found no broker', () => new Response('<h1>Bad Gateway</h1>', { status: 502 }), 'broker_down'],
    ['a gateway that limits', () => new Response('', { status: 429 }), 'slow_down'],
    ['a page instead of a problem', () => new Response('<html>', { status: 404 }), 'broker_unexpected'],
    ['an answer that is no JSON', () => new Response('<html>'), 'broker_unexpected'],
    ['an answer of another contract', () => Response.json({ id: 'upload-01', state: 'lost' }), 'broker_unexpected'],
    [
      'a code that only a newer broker knows',
      () => Response.json({ ...problemBody('internal'), code: 'brand_new' }, { status: 422 }),
      'brand_new',
    ],
  ] as const) {
    test(`${what} is told as ${code}`, async () => {
      await assert.rejects(status(answer), { code });
    });
  }

  test('an abort is told by its reason', async () => {
    const controller = new AbortController();
    controller.abort(new UploadError('cancelled'));
    const { client } = rig(() => Promise.reject(new DOMException('Aborted', 'AbortError')));
    await assert.rejects(client.uploadStatus('upload-01', controller.signal), { code: 'cancelled' });
  });

  test('a broker that says nothing for 45 seconds is told as broker_down, before its answer and in the middle of it', async (t) => {
    const half = () =>
      new Response(new ReadableStream({ start: (body) => body.enqueue(new TextEncoder().encode('{')) }));
    for (const answer of [() => new Promise<Response>(() => {}), half]) {
      const silence = new AbortController();
      const timeout = t.mock.method(AbortSignal, 'timeout', () => silence.signal);
      // As `fetch` does: what is read ends with the signal too.
      const client = new BrokerClient(BROKER, async (_, init) => {
        const ended = new Promise<never>((_, fail) =>
          init.signal?.addEventListener('abort', () => fail(init.signal?.reason)),
        );
        const response = await Promise.race([answer(), ended]);
        response.json = () => ended;
        return response;
      });
      const asked = client.uploadStatus('upload-01', new AbortController().signal);
      setImmediate(() => silence.abort(new DOMException('Timed out', 'TimeoutError')));
      await assert.rejects(asked, { code: 'broker_down' });
      assert.deepEqual(timeout.mock.calls[0]?.arguments, [45_000]);
      timeout.mock.restore();
    }
  });

  test('a batch carries its idempotency key, and each request a span of its trace', async () => {
    const { client, sent } = rig(() => Response.json(started));
    const trace = client.newTrace();
    const file = { name: 'a.png', size: 1, type: 'image/png', sniffed_type: 'image/png', sha256: SHA };
    for (let i = 0; i < 2; i++) await client.startUploads({ files: [file] }, { idempotencyKey: 'key-1', trace });
    assert.match(trace, /^[0-9a-f]{32}$/);
    const parents = sent.map(({ headers }) => headers.get('traceparent') ?? '');
    for (const parent of parents) assert.match(parent, new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
    assert.notEqual(parents[0], parents[1]);
    assert.deepEqual(
      sent.map(({ headers }) => headers.get('Idempotency-Key')),
      ['key-1', 'key-1'],
    );
    assert.equal(sent[0]?.headers.get('Content-Type'), 'application/json');
    assert.deepEqual(sent[0]?.body, { files: [file] });
  });

  test('grants come in the order in which the parts were asked for, or not at all', async () => {
    const grant = (url: string) => ({ method: 'PUT', url, headers: {}, expires_at: '2026-03-02T09:00:00Z' });
    const parts = [1, 2].map((number) => ({ number, grant: grant(`https://storage.example/${number}`) }));
    const { client } = rig(() => Response.json({ parts }));
    const sign = async (...numbers: number[]) => {
      const asked = numbers.map((number) => ({ number, size: 5, sha256: SHA }));
      return (await client.signParts({ upload: 'upload-01', parts: asked }, { trace: client.newTrace() })).map(
        ({ url }) => url,
      );
    };
    assert.deepEqual(await sign(2, 1), ['https://storage.example/2', 'https://storage.example/1']);
    await assert.rejects(sign(1, 3), { code: 'broker_unexpected' });
  });

  test('the checksums of parts go with the completion', async () => {
    const { client, sent } = rig(() => Response.json({ files: [] }));
    const uploads = [{ id: 'upload-01', parts: [SHA, SHA] }, { id: 'upload-02' }];
    await client.completeUploads(uploads, { idempotencyKey: 'key-1', trace: client.newTrace() });
    assert.deepEqual(sent[0]?.body, { uploads });
  });

  test('ids stand escaped in addresses, and a call without an answer needs none', async () => {
    const { client, sent } = rig(() => new Response(null, { status: 204 }));
    await client.abortUpload('a/b?c');
    assert.deepEqual([sent[0]?.method, sent[0]?.url], ['DELETE', 'https://broker.example/v1/uploads/a%2Fb%3Fc']);
    assert.equal(sent[0]?.headers.has('Content-Type'), false);
  });

  test('the app document is parsed too', async () => {
    const apps = new AppClient(BROKER, 'cases', async () => Response.json({ protocol: 2 }));
    await assert.rejects(apps.readApp(new AbortController().signal), { code: 'broker_unexpected' });
  });
});
