import type { Grant, PutGrant } from '../contract/uploads.ts';
import { UploadError } from '../errors.ts';
import type { Journey, SendingPorts } from './journey.ts';
import type { PutOutcome } from './ports.ts';

/** What goes to the storage in one request: a whole file, or a part of one. */
export interface Parcel {
  readonly body: Blob;
  /** base64 */
  readonly sha256: string;
  /** Made ahead; replaced where it has aged by the time a slot is free. */
  readonly grant: Grant;
  /** A fresh grant, at once. */
  sign(): Promise<PutGrant>;
  /** Asks the broker, after an answer that the page could not read. Fails with upload_over. */
  isStored(): Promise<boolean>;
  /** A slot was free; called each time. */
  taken(): void;
  /** Bytes of the body. */
  sent(bytes: number): void;
}

/** A grant that ends within this time is not worth a request. */
const GRANT_MARGIN_MS = 5000;
/** Refusals of fresh grants by the storage, before it is believed. */
const REFUSALS = 3;

/** Brings one parcel into the storage. Fails with an UploadError, or with `signal.reason`. */
export async function deliver(journey: Journey, parcel: Parcel, signal: AbortSignal): Promise<void> {
  const { ports, original } = journey;
  const patience = ports.steady.patience();
  let grant: Grant | null = parcel.grant;
  let refusals = 0;
  for (;;) {
    const outcome = await ports.slots.with(
      async () => {
        parcel.taken();
        if (!grant || !isFit(grant, ports)) grant = await parcel.sign();
        const watcher = { sent: parcel.sent, slow: (isSlow: boolean) => ports.conditions.slow(isSlow) };
        return ports.put(grant, parcel.body, watcher, signal);
      },
      signal,
      original,
    );
    if (outcome.kind !== 'lost') ports.steady.heard();
    if (outcome.kind === 'stored') return;
    parcel.sent(0);
    if (outcome.kind === 'busy') {
      if (!(await ports.steady.waitOut(patience, outcome.retryAfterMs, signal))) throw new UploadError('store_down');
      continue;
    }
    // A file that was changed or moved cannot be sent any more; the request fails like a lost network.
    await original.compare(parcel.body, parcel.sha256, signal);
    // A page cannot read most refusals, and a lost 200 comes back as 412 on our own key: the broker can look.
    if (await parcel.isStored()) return;
    if (outcome.kind === 'refused') refusals += 1;
    if (refusals >= REFUSALS) throw refusal(outcome);
    if (!(await ports.steady.waitOut(patience, undefined, signal))) throw refusal(outcome);
    grant = null;
  }
}

/** A form tells nothing of its bytes: on a slow line it would be cut as if nothing moved. */
function isFit({ method, expires_at }: Grant, { clock, steady }: SendingPorts): boolean {
  const isFresh = Date.parse(expires_at) - GRANT_MARGIN_MS > clock.now();
  return isFresh && (method === 'PUT' || steady.isQuick);
}

function refusal(outcome: PutOutcome): UploadError {
  if (outcome.kind !== 'refused') return new UploadError('store_unreachable');
  // 400: the bytes are not those of the signed checksum or length.
  return new UploadError(outcome.status === 400 ? 'damaged' : 'grant_refused');
}
