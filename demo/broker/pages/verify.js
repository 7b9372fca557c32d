// Checks a consent receipt on the device: ES256 over the compact JWS by the broker's published keys, and the notice's hash.
const told = document.querySelector('#words');
const words = JSON.parse(told.textContent);
const { issuer } = told.dataset;
const out = document.querySelector('output');
const field = document.querySelector('textarea');
const CLOCK_MS = 60_000;

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const read = (part) => JSON.parse(new TextDecoder().decode(bytes(part)));

function fileIn(text) {
  const plain = text.trim();
  return plain.startsWith('{') ? JSON.parse(plain) : { receipt: plain };
}

async function check(receipt) {
  const [head, body, signature, ...more] = receipt.split('.');
  const [header, claims] = [read(head), read(body)];
  if (more.length > 0 || header.alg !== 'ES256' || header.typ !== 'consent-receipt+jwt') return 'none';
  if (claims.iss !== issuer) return 'other';
  const answer = await fetch('/v1/receipt-keys').catch(() => null);
  if (!answer?.ok) return 'unreachable';
  const { keys } = await answer.json();
  const data = new TextEncoder().encode(`${head}.${body}`);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  for (const { kty, crv, x, y, signs_from: from, signs_until: until } of keys) {
    const at = claims.iat * 1000;
    if (at < Date.parse(from) - CLOCK_MS || at > Date.parse(until) + CLOCK_MS) continue;
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']);
    if (!(await crypto.subtle.verify(algorithm, key, bytes(signature), data))) continue;
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(claims.privacy_notice));
    if (btoa(String.fromCharCode(...new Uint8Array(digest))) !== claims.privacy_notice_sha256) return 'changed';
    return claims;
  }
  return 'changed';
}

/** In a sentence; a receipt alone, without its file, says nothing of it. */
async function placeIn({ receipt, proof }) {
  if (!proof) return words.placeAbsent;
  const answer = await fetch('/v1/ledger-keys').catch(() => null);
  if (!answer?.ok) return words.placeUnread;
  const { placeOf } = await import('/pages/verify-place.js');
  const { is, leaf, size } = await placeOf(receipt, proof, await answer.json());
  if (is === 'found') return words.placeFound.replace('{leaf}', leaf + 1).replace('{size}', size);
  return is === 'unable' ? words.placeUnable : words.placeWrong;
}

/** Names keep their own direction inside a sentence of the other one (UAX #9: first strong isolate). */
const filled = (text, names) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in names ? `\u2068${names[name]}\u2069` : whole));

function show(claims, place, withdraw) {
  const notice = JSON.parse(claims.privacy_notice);
  const { event_state: state, event_time: time } = claims.event;
  const { masked_address: address, verification, verified_by: provider = '' } = claims.pii_principal;
  const { lang } = document.documentElement;
  const count = notice.files.length;
  const files = (words.files[new Intl.PluralRules(lang).select(count)] ?? words.files.other).replace('{n}', count);
  const names = { files, sender: notice.sender.name, org: notice.controller.name };
  const at = new Intl.DateTimeFormat(lang, { dateStyle: 'long', timeStyle: 'short', numberingSystem: 'latn' });
  line('h2', filled(words[state], names));
  line('p', `${at.format(new Date(time))}. ${filled(words.genuine, names)}`);
  line('p', place);
  // Word for word as it was shown; a purpose is the sender's own and may run the other way.
  const shown = out.appendChild(document.createElement('dl'));
  shown.lang = claims.language;
  shown.dir = claims.language === 'ar' ? 'rtl' : 'ltr';
  for (const { id, label, text } of notice.lines) fact(shown, label, text, id === 'purpose' ? 'auto' : shown.dir);
  const more = out.appendChild(document.createElement('dl'));
  fact(more, words.known, filled(words[verification], { address, provider }), 'inherit');
  fact(more, words.reference, claims.reference.replace(/^(.{4})(.{4})$/, '$1-$2'), 'ltr');
  fact(more, words.number, claims.jti, 'ltr');
  fact(more, words.version, String(claims.privacy_notice_version), 'ltr');
  fact(more, words.fingerprint, claims.privacy_notice_sha256, 'ltr');
  // Nothing signs it, so it is shown only where it leads to who signed.
  if (String(withdraw).startsWith(`${issuer}/w#`) && state !== 'withdrawn') {
    const link = document.createElement('a');
    link.href = withdraw;
    link.textContent = words.withdraw;
    line('p', '').append(link);
  }
  const press = line('button', words.print);
  press.type = 'button';
  press.className = 'button';
  press.addEventListener('click', () => print());
}

function fact(list, label, text, dir) {
  list.appendChild(document.createElement('dt')).textContent = label;
  const value = list.appendChild(document.createElement('dd')).appendChild(document.createElement('bdi'));
  value.dir = dir === 'inherit' ? document.documentElement.dir : dir;
  value.textContent = text;
}

function line(tag, text) {
  const made = out.appendChild(document.createElement(tag));
  made.textContent = text;
  return made;
}

async function verify(text) {
  let file;
  const told = async () => {
    file = fileIn(text);
    return check(file.receipt);
  };
  const outcome = await told().catch(() => 'none');
  const place = typeof outcome === 'string' ? '' : await placeIn(file).catch(() => words.placeUnread);
  out.replaceChildren();
  if (typeof outcome === 'string') line('p', words[outcome]);
  else show(outcome, place, file.withdraw);
  // What is printed is the receipt, and not the way to it.
  document.body.classList.toggle('has-receipt', typeof outcome !== 'string');
}

document.querySelector('form button').addEventListener('click', () => verify(field.value));
document.querySelector('input').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (file) await verify(await file.text());
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', async (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) await verify(await file.text());
});
