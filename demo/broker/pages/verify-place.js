// Whether a receipt stands in the log where its proof says: RFC 6962 hashes up to a C2SP checkpoint signed with Ed25519.
const ED25519 = 1;
const KEY_ID_BYTES = 4;

const raw = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const text = (words) => new TextEncoder().encode(words);
const same = (one, other) => one.length === other.length && one.every((byte, i) => byte === other[i]);
const half = (n) => Math.floor(n / 2);

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer()));
}
const node = (left, right) => sha256(Uint8Array.of(1), left, right);

/** RFC 8785, for what a record has. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/**
 * What is found out about `receipt` by `proof`: `found` with its leaf, `wrong`, or `unable` where this browser knows no
 * Ed25519. `ledger` is what `/v1/ledger-keys` answers.
 */
export async function placeOf(receipt, proof, ledger) {
  try {
    const { record, key, leaf, size, path, checkpoint } = proof;
    const sum = btoa(String.fromCharCode(...(await sha256(text(receipt)))));
    if (!record.acts.some(({ facts }) => facts.receipt_sha256 === sum)) return { is: 'wrong' };
    const root = await rootAbove(await leafOf(record, raw(key)), leaf, size, path.map(raw));
    const [origin, count, base64] = checkpoint.split('\n');
    const isHead = origin === ledger.origin && count === String(size) && root && same(root, raw(base64));
    return isHead && (await isSigned(checkpoint, ledger)) ? { is: 'found', leaf, size } : { is: 'wrong' };
  } catch (error) {
    return { is: error.name === 'NotSupportedError' ? 'unable' : 'wrong' };
  }
}

async function leafOf(record, key) {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  const commitment = await crypto.subtle.sign('HMAC', imported, text(canonical(record)));
  return sha256(Uint8Array.of(0), commitment);
}

/** RFC 9162 section 2.1.3.2; null where the path has not the length that the place demands. */
async function rootAbove(hash, leaf, size, path) {
  if (!(leaf < size)) return null;
  let [fn, sn, root] = [leaf, size - 1, hash];
  for (const step of path) {
    if (sn === 0) return null;
    if (fn % 2 === 1 || fn === sn) {
      root = await node(step, root);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else root = await node(root, step);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 ? root : null;
}

async function isSigned(checkpoint, { origin, keys }) {
  const blank = checkpoint.lastIndexOf('\n\n');
  const signed = text(checkpoint.slice(0, blank + 1));
  for (const line of checkpoint.slice(blank + 2).split('\n')) {
    const [, name, signature = ''] = line.split(' ');
    if (name !== origin) continue;
    for (const { x } of keys) {
      const key = raw(x.replaceAll('-', '+').replaceAll('_', '/'));
      const named = await sha256(text(`${origin}\n`), Uint8Array.of(ED25519), key);
      const bytes = raw(signature);
      if (!same(bytes.slice(0, KEY_ID_BYTES), named.slice(0, KEY_ID_BYTES))) continue;
      const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
      if (await crypto.subtle.verify('Ed25519', imported, bytes.slice(KEY_ID_BYTES), signed)) return true;
    }
  }
  return false;
}
