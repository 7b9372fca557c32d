/**
 * Loaded before the demo (`node --import`): notes what its servers see and say. Each line of the file WIRE_TAP is a
 * `[kind, value]`: a secret of the wire by its name, or a Referer. A page at the path of WATCHED gets the script in
 * WATCHER, before any other: no engine's driver can put one there for the page that a sign-in comes back to.
 */
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const { WIRE_TAP, WATCHED, WATCHER } = process.env;
const NAMES = ['access_token', 'refresh_token', 'id_token', 'code', 'code_verifier', 'secret', 'url'];

const note = (kind, value) => {
  if (typeof value === 'string' && value.length >= 16) appendFileSync(WIRE_TAP, `${JSON.stringify([kind, value])}\n`);
};

function walk(value) {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) NAMES.includes(name) ? note(name, inner) : walk(inner);
}

function read(text) {
  try {
    walk(JSON.parse(text));
  } catch {
    for (const [name, value] of new URLSearchParams(text)) if (NAMES.includes(name)) note(name, value);
  }
}

const isText = (type) => /json|urlencoded/.test(String(type ?? ''));

subscribe('http.server.request.start', ({ request, response }) => {
  const { headers } = request;
  note('referer', headers.referer);
  note('proof', headers.dpop);
  if (isText(headers['content-type'])) {
    let body = '';
    const { emit } = request;
    request.emit = function (event, ...rest) {
      if (event === 'data') body += rest[0];
      if (event === 'end') read(body);
      return emit.call(this, event, ...rest);
    };
  }
  const isWatched = request.method === 'GET' && WATCHED !== undefined && request.url?.startsWith(WATCHED);
  let said = '';
  const given = {};
  const { writeHead, write, end } = response;
  response.writeHead = function (status, ...rest) {
    for (const one of rest) if (typeof one === 'object') Object.assign(given, one);
    if (isWatched) this.removeHeader('content-length');
    const open = Object.entries(given).filter(([key]) => !/^content-(length|security-policy)$/i.test(key));
    return isWatched ? writeHead.call(this, status, Object.fromEntries(open)) : writeHead.call(this, status, ...rest);
  };
  const put = (chunk) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return chunk;
    if (isText(headerOf('content-type'))) said += Buffer.from(chunk);
    if (!isWatched) return chunk;
    return Buffer.from(chunk).toString().replace('<meta charset="utf-8">', `$&<script>${WATCHER}</script>`);
  };
  response.write = function (chunk, ...rest) {
    return write.call(this, put(chunk), ...rest);
  };
  response.end = function (chunk, ...rest) {
    const last = put(chunk);
    for (const part of String(headerOf('location') ?? '')
      .split(/[?#]/)
      .slice(1))
      read(part);
    read(said);
    return end.call(this, last, ...rest);
  };
  function headerOf(name) {
    const own = Object.entries(given).find(([key]) => key.toLowerCase() === name)?.[1];
    return own ?? response.getHeader(name);
  }
});
