import { expect } from '@open-wc/testing';
import type { Grant } from '../../src/contract/uploads.ts';
import type { PutOutcome } from '../../src/transfer/ports.ts';
import { createPut } from '../../src/transfer/put.ts';
import { StandingClock } from './standing-clock.ts';

const body = new Blob([new Uint8Array(300_000)]);
const grant = (path: string, origin = location.origin): Grant => ({
  method: 'PUT',
  url: `${origin}/far-end/${path}`,
  headers: { 'content-length': '300000', 'Content-Type': 'image/png', 'x-amz-checksum-sha256': 'sum', Host: 'x' },
  expires_at: '2026-03-02T09:00:00Z',
});

function start(to: Grant, signal = new AbortController().signal) {
  const clock = new StandingClock();
  const told: (number | boolean)[] = [];
  const watcher = { sent: (bytes: number) => told.push(bytes), slow: (isSlow: boolean) => told.push(isSlow) };
  const outcome: Promise<PutOutcome> = createPut(clock)(to, body, watcher, signal);
  return { clock, told, outcome };
}

describe('a PUT of the browser', () => {
  it('sends the body and the headers of the grant, and tells how far it is', async () => {
    const seen = new Promise<XMLHttpRequest>((resolve) => {
      const { send } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.send = function (...args) {
        XMLHttpRequest.prototype.send = send;
        resolve(this);
        send.apply(this, args);
      };
    });
    const { outcome, told, clock } = start(grant('200'));
    expect(await outcome).to.deep.equal({ kind: 'stored' });
    const text = (await seen).responseText;
    expect(JSON.parse(text)).to.deep.equal({ type: 'image/png', length: '300000', sum: 'sum', bytes: 300_000 });
    expect(told.at(-1)).to.equal(300_000);
    expect(clock.waiting).to.equal(0);
  });

  for (const [path, expected] of [
    ['403', { kind: 'refused', status: 403 }],
    ['412', { kind: 'refused', status: 412 }],
    ['400', { kind: 'refused', status: 400 }],
    ['503', { kind: 'busy', retryAfterMs: undefined }],
    ['503?retry-after=7', { kind: 'busy', retryAfterMs: 7000 }],
    ['429?retry-after=Thu, 01 Jan 1970 00:00:09 GMT', { kind: 'busy', retryAfterMs: 9000 }],
    ['408', { kind: 'busy', retryAfterMs: undefined }],
  ] as const) {
    it(`tells ${path} as ${JSON.stringify(expected)}`, async () => {
      expect(await start(grant(path)).outcome).to.deep.equal(expected);
    });
  }

  it('cannot read a refusal without CORS: it is lost', async () => {
    const elsewhere = new URL(location.origin);
    elsewhere.hostname = elsewhere.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
    expect(await start(grant('403', elsewhere.origin)).outcome).to.deep.equal({ kind: 'lost' });
  });

  it('is told as slow after ten seconds without a byte, and cut after thirty', async () => {
    const { clock, told, outcome } = start(grant('hang'));
    clock.pass(9999);
    expect(told).to.deep.equal([]);
    clock.pass(1);
    expect(told).to.deep.equal([true]);
    clock.pass(19_999);
    expect(told).to.deep.equal([true]);
    clock.pass(1);
    expect(await outcome).to.deep.equal({ kind: 'lost' });
    expect(told).to.deep.equal([true, false]);
  });

  it('ends with the reason of the signal, before and while it is sent', async () => {
    const controller = new AbortController();
    const { outcome, clock } = start(grant('hang'), controller.signal);
    controller.abort('cancelled');
    expect(await outcome.catch((reason: unknown) => reason)).to.equal('cancelled');
    expect(clock.waiting).to.equal(0);
    const late = start(grant('200'), controller.signal);
    expect(await late.outcome.catch((reason: unknown) => reason)).to.equal('cancelled');
  });
});
