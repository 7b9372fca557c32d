import { readFile } from 'node:fs/promises';
import {
  type CheckedReceipt,
  type ReceiptKey,
  readLedgerKeys,
  readReceiptFile,
  type VerifyCode,
  VerifyError,
  verifyReceiptFile,
} from '../src/verify/index.ts';
import type { Verdict } from './verify.ts';

export interface ReceiptOptions {
  readonly issuer: string | undefined;
  readonly key: string | undefined;
  readonly 'ledger-key'?: string | undefined;
}

const STATES = { given: 'accepted', refused: 'declined', withdrawn: 'withdrew' } as const;

const WRONG: Readonly<Record<string, string>> = {
  malformed: 'This is no consent receipt.',
  wrong_receipt: 'This receipt is of another kind, or of another issuer.',
  wrong_signature: 'No key of this issuer signed it: it was changed after it was issued, or somebody else issued it.',
  not_in_ledger: 'The issuer signed it, but it is not in the ledger at the place that it names.',
};

const WHY: Readonly<Partial<Record<VerifyCode, string>>> = {
  keys_unreachable: 'the keys could not be read, or there are none',
  no_ed25519: 'this version of Node cannot check Ed25519 signatures',
};

/** `secure-upload verify`: the key comes from the issuer that the caller names, or from a file; never from the receipt. */
export async function verifyReceipt(
  path: string,
  { issuer, key, 'ledger-key': ledgerKey }: ReceiptOptions,
  print: (line: string) => void,
): Promise<Verdict> {
  if ((issuer === undefined) === (key === undefined)) {
    print('Nothing was checked: name the broker with --issuer, or with --key a file saved from its /v1/receipt-keys.');
    return 2;
  }
  if (issuer !== undefined && !isBroker(issuer)) {
    print(
      'Nothing was checked: --issuer takes an address like https://files.example.com. Over plain http anybody on the way could give other keys.',
    );
    return 2;
  }
  try {
    const text = await readFile(path, 'utf8');
    const source = {
      ...(key === undefined
        ? { issuer: (issuer ?? '').replace(/\/+$/, '') }
        : { issuer: issuerIn(text), keys: keysIn(await readFile(key, 'utf8')) }),
      ...(ledgerKey !== undefined && { ledgerKeys: readLedgerKeys(await readFile(ledgerKey, 'utf8')) }),
    };
    print(told(await verifyReceiptFile(text, source)));
    return 0;
  } catch (error) {
    if (error instanceof VerifyError && Object.hasOwn(WRONG, error.code)) {
      print(WRONG[error.code] ?? error.code);
      return 1;
    }
    if (error instanceof VerifyError) print(`Nothing was checked: ${WHY[error.code] ?? error.code}.`);
    else if (error instanceof Error && 'path' in error) print(`Nothing was checked: ${error.path} cannot be read.`);
    else throw error;
    return 2;
  }
}

function told({ claims, ledger }: CheckedReceipt): string {
  const { event, reference, iss, jti } = claims;
  const place = {
    found: () => (ledger.is === 'found' ? `It is leaf ${ledger.leaf} of ${ledger.size} in the ledger.` : ''),
    absent: () => 'It carries no proof of its place in the ledger.',
    unreachable: () => 'Its place in the ledger was not checked: the keys of the ledger were not there.',
  }[ledger.is]();
  return [
    `Genuine. ${claims.pii_principal.masked_address} ${STATES[event.event_state]} at ${event.event_time}, reference ${reference}.`,
    `Issued by ${iss} (receipt ${jti}). ${place}`,
  ].join('\n');
}

function isBroker(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false;
  const { protocol, hostname } = new URL(issuer);
  const isHere = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isHere);
}

/** With keys that the caller trusts, the issuer is who they belong to. Fails with malformed. */
function issuerIn(text: string): string {
  const [, body = ''] = readReceiptFile(text).receipt.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    if (typeof claims === 'object' && claims !== null && 'iss' in claims) return String(claims.iss);
  } catch {
    // Told below.
  }
  throw new VerifyError('malformed');
}

function keysIn(text: string): ReceiptKey[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'keys' in parsed && Array.isArray(parsed.keys)) {
      return parsed.keys;
    }
  } catch {
    // Told below.
  }
  throw new VerifyError('keys_unreachable');
}
