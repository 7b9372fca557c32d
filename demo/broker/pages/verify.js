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

function show(claims, place) {
  const notice = JSON.parse(claims.privacy_notice);
  const { event_state: state, event_time: time } = claims.event;
  const rows = [
    ...notice.lines.map(({ label, text }) => [label, text]),
    [words.known, claims.pii_principal.masked_address],
    [words.reference, claims.reference],
    [words.number, claims.jti],
    [words.fingerprint, claims.privacy_notice_sha256],
  ];
  const at = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
  line('h2', words[state].replace('{org}', notice.controller.name));
  line('p', `${at.format(new Date(time))}. ${words.genuine.replace('{org}', notice.controller.name)}`);
  line('p', place);
  const list = out.appendChild(document.createElement('dl'));
  list.lang = claims.language;
  for (const [label, text] of rows) {
    list.appendChild(document.createElement('dt')).textContent = label;
    const value = list.appendChild(document.createElement('dd'));
    value.dir = 'auto';
    value.textContent = text;
  }
}

function line(tag, text) {
  out.appendChild(document.createElement(tag)).textContent = text;
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
  else show(outcome, place);
}

document.querySelector('button').addEventListener('click', () => verify(field.value));
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
