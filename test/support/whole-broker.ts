import { createApp } from '../../demo/broker/app.ts';
import type { Script, Scripts } from '../../demo/broker/scripts.ts';
import { type SignInRig, startSignInRig } from './sign-in.ts';

const script = (path: string): Script => ({ path, integrity: 'sha384-none', body: new TextEncoder().encode('//') });

/** The addresses that scripts would have, where no script is run. */
const NO_SCRIPTS: Scripts = {
  version: '0.0.0',
  upload: script('/v1/secure-upload@0.0.0.js'),
  recipient: script('/v1/recipient-consent@0.0.0.js'),
  whole: script('/v1/secure-upload-whole@0.0.0.js'),
  chunks: [],
};

/** Every route of the broker, the issuer and a provider, on ports of their own. A poll for a code does not wait. */
export async function startWholeBroker(): Promise<SignInRig> {
  const rig = await startSignInRig((deps, issuer) => createApp(deps, issuer, NO_SCRIPTS));
  Object.assign(rig.deps.config.times, { collectPoll: 0 });
  return rig;
}
