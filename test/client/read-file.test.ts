import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { isInAppBrowser } from '../../src/client/browser-saver.ts';
import { readFile } from '../../src/client/read-file.ts';
import { UploadError } from '../../src/errors.ts';

const ADDRESS = 'https://store.example/object?X-Amz-Signature=secret';
const never = new AbortController().signal;

const chunked = (chunks: readonly Uint8Array[], failAfter = false): ReadableStream<Uint8Array> => {
  const rest = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const next = rest.shift();
      if (next) controller.enqueue(next);
      else if (failAfter) controller.error(new TypeError(`terminated ${ADDRESS}`));
      else controller.close();
    },
  });
};

describe('reading a file', () => {
  test('answers all bytes and their SHA-256, and tells how many came', async () => {
    const chunks = [randomBytes(70_000), randomBytes(1), randomBytes(12_345)];
    const told: number[] = [];
    const seen: RequestInit[] = [];
    const fetch = async (_url: URL, init: RequestInit) => {
      seen.push(init);
      return new Response(chunked(chunks), { headers: { 'Content-Type': 'text/html' } });
    };
    const { blob, sha256 } = await readFile(fetch, ADDRESS, (received) => told.push(received), never);
    const whole = Buffer.concat(chunks);
    assert.deepEqual(Buffer.from(await blob.arrayBuffer()), whole);
    assert.equal(sha256, createHash('sha256').update(whole).digest('base64'));
    assert.equal(told.at(-1), whole.length);
    assert.equal(seen[0]?.credentials, 'omit');
    assert.equal(seen[0]?.referrerPolicy, 'no-referrer');
  });

  test('never keeps the type that storage names, so that nothing of it can run', async () => {
    const fetch = async () => new Response('<script>', { headers: { 'Content-Type': 'text/html' } });
    const { blob } = await readFile(fetch, ADDRESS, () => {}, never);
    assert.equal(blob.type, 'application/octet-stream');
  });

  test('an empty file has the checksum of nothing', async () => {
    const { blob, sha256 } = await readFile(
      async () => new Response(chunked([])),
      ADDRESS,
      () => {},
      never,
    );
    assert.equal(blob.size, 0);
    assert.equal(sha256, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  test('a file that travelled in parts has the checksum of the checksums of its parts', async () => {
    const whole = randomBytes(70_001);
    const read = (partBytes: number) =>
      readFile(
        async () => new Response(chunked([whole.subarray(0, 9), whole.subarray(9)])),
        ADDRESS,
        () => {},
        never,
        partBytes,
      );
    const parts = [whole.subarray(0, 30_000), whole.subarray(30_000, 60_000), whole.subarray(60_000)];
    const hashes = parts.map((part) => createHash('sha256').update(part).digest());
    const composite = createHash('sha256').update(Buffer.concat(hashes)).digest('base64');
    assert.equal((await read(30_000)).sha256, composite);
    assert.notEqual((await read(40_000)).sha256, composite);
    const { blob } = await read(30_000);
    assert.deepEqual(Buffer.from(await blob.arrayBuffer()), whole);
  });

  const faults = {
    'a refusal of the storage': async () => new Response('<Error/>', { status: 403 }),
    'an unreachable storage': async () => {
      throw new TypeError(`failed to fetch ${ADDRESS}`);
    },
    'a stream that breaks': async () => new Response(chunked([randomBytes(10)], true)),
  };
  for (const [what, fetch] of Object.entries(faults)) {
    test(`${what} fails as store_unreachable and says no address`, async () => {
      await assert.rejects(
        readFile(fetch, ADDRESS, () => {}, never),
        (error: unknown) => {
          assert.ok(error instanceof UploadError);
          assert.equal(error.code, 'store_unreachable');
          assert.equal(`${error.message} ${String(error.cause)} ${error.stack}`.includes('Signature'), false);
          return true;
        },
      );
    });
  }

  test('a stream that stands still for thirty seconds is given up', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const fetch = async (_url: URL, { signal }: RequestInit): Promise<Response> =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const reading = readFile(fetch, ADDRESS, () => {}, never);
    t.mock.timers.tick(29_999);
    let isOver = false;
    void reading
      .catch(() => {})
      .then(() => {
        isOver = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(isOver, false);
    t.mock.timers.tick(1);
    await assert.rejects(reading, { code: 'store_unreachable' });
  });

  test('one that the person left is cancelled', async () => {
    const aborter = new AbortController();
    const fetch = async (): Promise<Response> => {
      aborter.abort();
      throw aborter.signal.reason;
    };
    await assert.rejects(
      readFile(fetch, ADDRESS, () => {}, aborter.signal),
      { code: 'cancelled' },
    );
  });
});

describe('browsers inside other apps', () => {
  const agents: [string, boolean][] = [
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/130 Mobile Safari/537.36',
      true,
    ],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36', false],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML) Mobile/15E148', true],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
      false,
    ],
    ['Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1 [FBAN/FBIOS;FBAV/480]', true],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML) Version/18.0 Safari/605.1.15', false],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', false],
  ];
  for (const [agent, isInside] of agents) {
    test(`${isInside ? 'knows' : 'does not suspect'} ${agent.slice(12)}`, () => {
      assert.equal(isInAppBrowser(agent), isInside);
    });
  }
});
