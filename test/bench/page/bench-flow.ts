/** A real flow for 10,000 small pictures, over ports that move nothing. */

import { browserClock } from '../../../src/compose/browser-clock.ts';
import { createTransform } from '../../../src/compose/create-transform.ts';
import type { AppDocument } from '../../../src/contract/app.ts';
import { UploadFlow } from '../../../src/flow/upload-flow.ts';
import { guessType } from '../../../src/policy/guess.ts';
import { transform } from '../../../src/transform/index.ts';
import { NO_BATCHES } from '../../support/no-batches.ts';
import { NOTHING_UNFINISHED } from '../../support/nothing-unfinished.ts';
import { nullTransfer } from './null-transport.ts';

export const FILES = 10_000;

const APP: AppDocument = {
  protocol: 1,
  app: 'bench',
  org: { name: 'Bench', contact: 'bench@bench.example' },
  purpose: { en: 'Pictures' },
  mode: 'live',
  template: { id: 'bench', version: 1, sha256: '' },
  limits: {
    max_file_bytes: 1000,
    max_total_bytes: FILES * 1000,
    max_files: FILES,
    max_name_length: 50,
    accepts: [{ name: 'photos', types: ['image/png'], extensions: ['png'] }],
  },
  retention_days: 1,
  region: { id: 'eu', label: { en: 'the European Union' } },
  start: 'button',
  sign_in: 'at_upload',
  providers: [],
  issuer: '',
  audience: '',
  scopes: ['uploads:create'],
  context_keys: [],
  folders: false,
  scan: false,
  links: null,
  delivery_window_s: 900,
  storage_origin: '',
  retired_scripts: [],
  dpop_nonce: '',
};

export function benchFlow(): UploadFlow {
  return new UploadFlow({
    apps: { readApp: async () => APP },
    identity: {
      signIn: async () => ({ id: 'person-jo', name: 'Jo Meyer', scopes: ['uploads:create'] }),
      comeBack: () => null,
      link: () => '',
      showWindow: () => {},
      signOut: async () => {},
    },
    readRoom: () => Promise.reject(),
    agreements: { read: () => Promise.reject(), give: () => Promise.reject() },
    transfer: nullTransfer(),
    unfinished: NOTHING_UNFINISHED,
    batches: NO_BATCHES,
    transform: createTransform(async () => transform),
    guess: guessType,
    clock: browserClock,
  });
}
