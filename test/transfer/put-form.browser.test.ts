import { expect } from '@open-wc/testing';
import type { PostGrant } from '../../src/contract/uploads.ts';
import { createPut } from '../../src/transfer/put.ts';
import { StandingClock } from './standing-clock.ts';

const body = new Blob([new Uint8Array(300_000)]);
const elsewhere = new URL(location.origin);
elsewhere.hostname = elsewhere.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
let addresses = 0;

/** A form of a storage on another origin, at an address of its own: preflights are kept per address. */
function grant(path: string): PostGrant {
  addresses += 1;
  return {
    method: 'POST',
    url: `${elsewhere.origin}/far-end/${path}${path.includes('?') ? '&' : '?'}at=${addresses}`,
    fields: { key: 'forms/1', 'content-type': 'image/png', policy: 'cG9saWN5' },
    expires_at: '2026-03-02T09:00:00Z',
  };
}

function start(to: PostGrant, signal = new AbortController().signal) {
  const clock = new StandingClock();
  const told: (number | boolean)[] = [];
  const watcher = { sent: (bytes: number) => told.push(bytes), slow: (isSlow: boolean) => told.push(isSlow) };
  return { clock, told, outcome: createPut(clock)(to, body, watcher, signal) };
}

describe('a form of the browser', () => {
  it('sends the fields of the grant and then the body, without a preflight, and tells of all its bytes at the end', async () => {
    const { fetch } = globalThis;
    const answer = new Promise<Response>((resolve) => {
      globalThis.fetch = async (...args) => {
        globalThis.fetch = fetch;
        const response = await fetch(...args);
        resolve(response.clone());
        return response;
      };
    });
    const { outcome, told, clock } = start(grant('200?cors'));
    expect(await outcome).to.deep.equal({ kind: 'stored' });
    expect(await (await answer).json()).to.deep.equal({
      fields: ['key=forms/1', 'content-type=image/png', 'policy=cG9saWN5', 'file'],
      bytes: 300_000,
      preflights: 0,
    });
    expect(told).to.deep.equal([300_000]);
    expect(clock.waiting).to.equal(0);
  });

  for (const [path, expected] of [
    ['204?cors', { kind: 'stored' }],
    ['403?cors', { kind: 'refused', status: 403 }],
    ['412?cors', { kind: 'refused', status: 412 }],
    ['503?cors', { kind: 'busy', retryAfterMs: undefined }],
    ['503?cors&retry-after=7', { kind: 'busy', retryAfterMs: 7000 }],
    ['429?cors&retry-after=7', { kind: 'busy', retryAfterMs: 7000 }],
    ['408?cors', { kind: 'busy', retryAfterMs: undefined }],
    ['200', { kind: 'lost' }],
    ['403', { kind: 'lost' }],
  ] as const) {
    it(`tells ${path} as ${JSON.stringify(expected)}`, async () => {
      const { outcome, told, clock } = start(grant(path));
      expect(await outcome).to.deep.equal(expected);
      expect(told).to.deep.equal(expected.kind === 'stored' ? [300_000] : []);
      expect(clock.waiting).to.equal(0);
    });
  }

  it('is told as slow after ten seconds without an answer, and cut after thirty', async () => {
    const { clock, told, outcome } = start(grant('hang?cors'));
    clock.pass(9999);
    expect(told).to.deep.equal([]);
    clock.pass(1);
    expect(told).to.deep.equal([true]);
    clock.pass(20_000);
    expect(await outcome).to.deep.equal({ kind: 'lost' });
    expect(told).to.deep.equal([true, false]);
  });

  it('ends with the reason of the signal, before and while it is sent', async () => {
    const controller = new AbortController();
    const { outcome, clock } = start(grant('hang?cors'), controller.signal);
    controller.abort('cancelled');
    expect(await outcome.catch((reason: unknown) => reason)).to.equal('cancelled');
    expect(clock.waiting).to.equal(0);
    const late = start(grant('200?cors'), controller.signal);
    expect(await late.outcome.catch((reason: unknown) => reason)).to.equal('cancelled');
  });
});
