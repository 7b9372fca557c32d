/**
 * Loaded before the demo (`node --import`): while the file HELD is there, whoever asks a server of the demo for the rest of
 * a script waits for it, as on a slow line. No engine's driver can hold a module back in all three.
 */
import { existsSync } from 'node:fs';
import { Server } from 'node:http';

const { HELD } = process.env;
const LOOK_MS = 20;

const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...rest) {
  const [request, response] = rest;
  if (event !== 'request' || !/\.rest\.js$/.test(request.url)) return emit.call(this, event, ...rest);
  const looking = setInterval(() => {
    if (existsSync(HELD) && !response.destroyed) return;
    clearInterval(looking);
    emit.call(this, event, ...rest);
  }, LOOK_MS);
  return true;
};
