import type { Hono } from 'hono';
import { createApp } from '../../demo/broker/app.ts';
import type { Script, Scripts } from '../../demo/broker/scripts.ts';
import type { Env } from '../../demo/context/env.ts';
import type { Issuer } from '../../demo/identity/live-issuer.ts';
import type { TestDeps } from './broker.ts';
import { type SignInRig, startSignInRig } from './sign-in.ts';

const script = (path: string): Script => ({ path, integrity: 'sha384-none', body: new TextEncoder().encode('//') });

/** The addresses that scripts would have, where no script is run. */
const NO_SCRIPTS: Scripts = {
  version: '0.0.0',
  upload: script('/v1/secure-upload@0.0.0.js'),
  recipient: script('/v1/recipient-consent@0.0.0.js'),
  whole: script('/v1/secure-upload-whole@0.0.0.js'),
  frame: script('/v1/secure-upload-frame@0.0.0.js'),
  embed: script('/v1/secure-upload-embed@0.0.0.js'),
  chunks: [],
  isReleased: false,
  earlier: [],
};

/** Every route of the broker, as `npm start` serves them. A poll for a code does not wait. */
export function wholeBroker(deps: TestDeps, issuer: Issuer): Hono<Env> {
  Object.assign(deps.config.times, { collectPoll: 0 });
  return createApp(deps, issuer, NO_SCRIPTS);
}

export const startWholeBroker = (): Promise<SignInRig> => startSignInRig(wholeBroker);
